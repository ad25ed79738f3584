// Puts together what a template is filled with, in the reader's language and the purchase's currency.
import { formatMoney } from '#app/lib/money.ts'
import {
  type TemplateVariables,
  type TemplateVariablesInput,
  templateVariablesSchema,
} from '#app/messages/rendering/variables.ts'
import type { Candidate, Sender } from './candidates.server.ts'
import type { HiddenBlocks } from './hidden-blocks.server.ts'
import type { ReaderLinks } from './links.server.ts'
import type { Purchase, PurchaseItem } from './purchase.server.ts'

/** Whom a mail is filled for, and what it is about. */
export interface Recipient extends Pick<Candidate, 'subject' | 'class'> {
  shop: Pick<Candidate['shop'], 'name' | 'url' | 'locale'>
  sender: Pick<Sender, 'fromEmail' | 'fromName' | 'replyTo' | 'postalAddress'> | null
  profile: Pick<Candidate['profile'], 'email' | 'firstName' | 'lastName' | 'locale'>
}

export type VariablesResult = { ok: true; variables: TemplateVariables } | { ok: false; reason: string }

const maxItems = 20

/**
 * The variables of one mail. A mail about a purchase of which nothing is left to show is not worth sending: then
 * `reason` is `nothing_to_show`. An order that was placed is shown as it was, whatever the catalogue says today.
 */
export function templateVariables(
  candidate: Recipient,
  purchase: Purchase | null,
  links: ReaderLinks,
  hidden: HiddenBlocks = {},
): VariablesResult {
  if (candidate.subject !== 'profile' && purchase === null) return { ok: false, reason: 'nothing_to_show' }
  const items = (purchase?.items ?? []).filter((item) => purchase?.kind === 'order' || !item.isUnavailable)
  if (purchase && items.length === 0) return { ok: false, reason: 'nothing_to_show' }

  const { shop, sender, profile } = candidate
  const input: TemplateVariablesInput = {
    shop: {
      name: shop.name || sender?.fromName || shop.url,
      url: shop.url,
      address: sender?.postalAddress ?? '',
      email: sender?.replyTo ?? sender?.fromEmail ?? '',
    },
    profile: { first_name: profile.firstName, last_name: profile.lastName, email: profile.email ?? '' },
    unsubscribe_url: links.unsubscribe,
    preferences_url: links.preferences,
    message: { is_marketing: candidate.class === 'marketing' },
    hidden,
    ...(purchase ? { [purchase.kind]: purchaseVariables(candidate, purchase, items) } : {}),
  }
  const parsed = templateVariablesSchema.safeParse(input)
  if (parsed.success) return { ok: true, variables: parsed.data }
  return { ok: false, reason: `bad_variable_${parsed.error.issues[0]?.path.join('.')}` }
}

function purchaseVariables(candidate: Recipient, purchase: Purchase, items: PurchaseItem[]) {
  const { shop, profile } = candidate
  const money = (amountMinor: number) =>
    formatMoney({ amountMinor, currency: purchase.currency }, profile.locale ?? shop.locale)
  const shown = items.slice(0, maxItems).map((item) => ({
    title: item.title,
    variant_title: item.variantTitle ?? '',
    quantity: item.quantity,
    price: money(item.priceMinor),
    line_price: money(item.lineMinor),
    image_url: item.imageUrl,
    url: item.handle ? `${shop.url.replace(/\/+$/, '')}/products/${encodeURIComponent(item.handle)}` : null,
  }))
  const allShown = items.length === purchase.items.length
  const totalMinor = allShown ? purchase.totalMinor : items.reduce((sum, item) => sum + item.lineMinor, 0)
  const count = items.reduce((sum, item) => sum + item.quantity, 0)
  const common = { items: shown, total: money(totalMinor), item_count: count }
  return purchase.kind === 'order'
    ? { ...common, name: purchase.name ?? '', is_first: purchase.isFirst }
    : { ...common, url: purchase.url ?? cartPermalink(shop.url, items) }
}

/** A cart has no address of its own; this one of Shopify's puts the same variants into a new cart. */
function cartPermalink(shopUrl: string, items: PurchaseItem[]) {
  const lines = items.flatMap((item) => {
    const variant = item.variantId?.split('/').at(-1)
    return variant ? [`${variant}:${item.quantity}`] : []
  })
  return `${shopUrl.replace(/\/+$/, '')}/cart/${lines.join(',')}`
}
