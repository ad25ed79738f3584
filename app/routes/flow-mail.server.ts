// What the mail editor's page reads and does.
import { z } from 'zod'
import { findFlowMail, replaceFlowMail } from '#app/flows/flow-mail.server.ts'
import { flowId } from '#app/lib/ids.ts'
import { contentOf, mailContentSchema } from '#app/messages/design/mail-content.ts'
import { readMailShop } from '#app/messages/mail-desk.server.ts'
import { exampleLinks, exampleVariables, listExamples } from '#app/messages/mail-example.server.ts'
import { sampleVariables } from '#app/messages/rendering/sample-variables.ts'
import type { TemplateVariables } from '#app/messages/rendering/variables.ts'
import { saveTemplate } from '#app/messages/template-store.server.ts'
import { fieldError } from '#app/ui/field-errors.ts'
import { type PageRequest, Refusal } from './page.server.ts'
import { found, idParam, problem } from './problem.server.ts'
import { mayTest } from './test-mail-limit.server.ts'

const example = z.string().max(300).nullable().default(null)

export const lookForm = z.object({ content: mailContentSchema, example })
export const saveForm = z.object({ content: mailContentSchema, basedOn: z.uuid() })
export const testForm = z.object({ content: mailContentSchema, example, to: z.email().max(254) })
export const searchForm = z.object({ search: z.string().trim().max(100) })

export async function readMailPage(page: PageRequest) {
  const place = placeOf(page)
  return page.withShop(async (tx) => {
    const { source, ...mail } = found(await findFlowMail(tx, page.shopId, place))
    const { brand, sender, email } = await readMailShop(tx, page.shopId)
    return {
      ...mail,
      content: contentOf(source),
      brand,
      testTo: sender?.replyTo ?? sender?.fromEmail ?? email ?? '',
      sender: sender && { fromName: sender.fromName, fromEmail: sender.fromEmail, replyTo: sender.replyTo },
      examples: await listExamples(tx, page.shopId, mail.about, ''),
    }
  })
}

export async function takeALook(page: PageRequest, { content, example }: z.output<typeof lookForm>) {
  const { written, variables } = await onTheDesk(page, content, example)
  return page.tern.mailDesk.look(written, variables)
}

export async function searchExamples(page: PageRequest, { search }: z.output<typeof searchForm>) {
  const place = placeOf(page)
  return page.withShop(async (tx) => {
    const { about } = found(await findFlowMail(tx, page.shopId, place))
    return listExamples(tx, page.shopId, about, search)
  })
}

/** Whatever is wrong with it is said; what was wrong with it on the page already is not asked again. */
export async function saveMail(page: PageRequest, { content, basedOn }: z.output<typeof saveForm>) {
  const { written } = await onTheDesk(page, content, null)
  const { findings, error } = await page.tern.mailDesk.look(written, sampleVariables)
  if (error) return refused('mails:error.unreadable', { problem: error })
  if (findings.some(({ level }) => level === 'error')) return refused('mails:error.findings')
  const prepared = await page.tern.mailDesk.prepare(written)
  if (!prepared.ok) return refused('mails:error.unreadable', { problem: prepared.error })
  return page.withShop(async (tx) => {
    const templateId = await saveTemplate(tx, page.shopId, prepared, page.now)
    const outcome = await replaceFlowMail(tx, page.shopId, { ...placeOf(page), basedOn, templateId }, page.now)
    if (outcome === 'gone') throw problem(404)
    return outcome === 'stale' ? refused('mails:error.stale') : { templateId }
  })
}

export async function sendTestMail(page: PageRequest, { content, example, to }: z.output<typeof testForm>) {
  const { written, variables, shop } = await onTheDesk(page, content, example)
  if (!shop.sender) return refused('mails:error.noSender', {}, 'to')
  if (!mayTest(page.shopId, page.now)) return refused('mails:error.tooManyTests', {}, 'to')
  const { mail, error } = await page.tern.mailDesk.look(written, variables)
  if (!mail) return refused('mails:error.unreadable', { problem: error ?? '' }, 'to')
  const fromName = content.kind === 'blocks' ? content.design.fromName : null
  const sender = { ...shop.sender, fromName: fromName ?? shop.sender.fromName }
  const answer = await page.tern.mailDesk.sendTest({ sender, publicId: shop.publicId, to, mail })
  return answer.ok ? { to } : refused('mails:error.notSent', { reason: answer.reason }, 'to')
}

/** The sample's pictures are nowhere to be found; without them the mail shows initials. */
const sample: TemplateVariables = {
  ...sampleVariables,
  checkout: withoutPictures(sampleVariables.checkout),
  cart: withoutPictures(sampleVariables.cart),
  order: withoutPictures(sampleVariables.order),
}

function withoutPictures<Purchase extends { items: { image_url: string | null }[] }>(purchase: Purchase | undefined) {
  return purchase && { ...purchase, items: purchase.items.map((item) => ({ ...item, image_url: null })) }
}

type Content = z.output<typeof mailContentSchema>

async function onTheDesk(page: PageRequest, content: Content, ref: string | null) {
  const place = placeOf(page)
  return page.withShop(async (tx) => {
    const mail = found(await findFlowMail(tx, page.shopId, place))
    const shop = await readMailShop(tx, page.shopId)
    const appUrl = page.tern.env.SHOPIFY_APP_URL
    const real = ref && (await exampleVariables(tx, page.shopId, ref, { about: mail.about, class: mail.class, appUrl }))
    const links = exampleLinks(appUrl)
    const made = { ...sample, unsubscribe_url: links.unsubscribe, preferences_url: links.preferences }
    return { shop, written: { content, brand: shop.brand, about: mail.about }, variables: real || made }
  })
}

function placeOf({ params }: PageRequest) {
  return { flowId: flowId(idParam(params.flowId)), stepId: params.stepId ?? '' }
}

const refused = (key: string, values: Record<string, string> = {}, field = '') =>
  new Refusal({ [field]: fieldError(key, values) })
