// Sets a shop's SendGrid account up from the settings page. No transaction is open while SendGrid is asked.
import type { Trouble } from '#app/messages/sendgrid-account.server.ts'
import { domainOf, neededScope } from '#app/messages/sendgrid-set-up.ts'
import { fieldError } from '#app/ui/field-errors.ts'
import { type PageRequest, Refusal } from './page.server.ts'
import { readAccount, saveDomain, saveEventsKey, saveKey } from './settings.server.ts'

/** Keeps a key that can send; tells what else it may not do. */
export async function connectKey(page: PageRequest, { apiKey }: { apiKey: string }) {
  const { tern, withShop } = page
  const checked = await tern.sendgrid.missingScopes(apiKey)
  if (!checked.ok) return refused('apiKey', checked.trouble)
  const missing = checked.value
  if (missing.includes(neededScope)) return new Refusal({ apiKey: fieldError('settings:error.cannotSend') })
  const isSaved = await withShop((tx) => saveKey(tx, tern.secrets.seal(apiKey, 'sendgrid key'), page))
  return isSaved ? { missing } : new Refusal({ apiKey: fieldError('settings:error.senderFirst') })
}

/** Has SendGrid report to an address of the shop's own, and keeps the key that the reports are signed with. */
export async function setUpEvents(page: PageRequest) {
  const { tern, withShop } = page
  const account = await openAccount(page)
  if (!account) return new Refusal({ '': fieldError('settings:error.senderFirst') })
  const url = new URL(`/webhooks/sendgrid?shop=${account.publicId}`, tern.env.SHOPIFY_APP_URL).href
  const done = await tern.sendgrid.setUpEvents(account.apiKey, url)
  if (!done.ok) return refused('', done.trouble)
  await withShop((tx) => saveEventsKey(tx, done.value, page))
  tern.directory.forget(page.shopId)
  return null
}

export async function authenticateDomain(page: PageRequest) {
  const account = await openAccount(page)
  if (!account) return new Refusal({ '': fieldError('settings:error.senderFirst') })
  const begun = await page.tern.sendgrid.authenticateDomain(account.apiKey, domainOf(account.fromEmail))
  if (!begun.ok) return refused('', begun.trouble)
  await page.withShop((tx) => saveDomain(tx, begun.value))
  return null
}

export async function checkDomain(page: PageRequest) {
  const account = await openAccount(page)
  if (!account?.domain) return new Refusal({ '': fieldError('settings:error.senderFirst') })
  const checked = await page.tern.sendgrid.checkDomain(account.apiKey, account.domain)
  if (!checked.ok) return refused('', checked.trouble)
  await page.withShop((tx) => saveDomain(tx, checked.value))
  return null
}

/** Null without a sender or without any key. */
async function openAccount({ tern, withShop }: PageRequest) {
  const account = await withShop(readAccount)
  if (!account) return null
  const apiKey = account.sealedKey ? tern.secrets.open(account.sealedKey, 'sendgrid key') : tern.env.SENDGRID_API_KEY
  return apiKey ? { ...account, apiKey } : null
}

const refused = (field: string, trouble: Trouble) => new Refusal({ [field]: fieldError(`settings:error.${trouble}`) })
