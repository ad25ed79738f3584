// What one delivery tells us, whoever sent it: who it is about, the state of things, and what happened.
import type { ShopEvent } from '#app/events/vocabulary.ts'

/** The names by which a person can be known. Ids are Shopify's gids, tokens are stripped of their keys. */
export interface Identity {
  customerId?: string
  email?: string
  phone?: string
  checkoutToken?: string
  cartToken?: string
}

export interface ProfileFacts {
  firstName?: string | null
  lastName?: string | null
  locale?: string | null
  countryCode?: string | null
  /** The customer record's own `updated_at`: an older one never overwrites a newer one. */
  updatedAt: Date
}

export const consentStates = ['subscribed', 'unsubscribed', 'pending', 'not_subscribed', 'redacted', 'unknown'] as const
export type ConsentState = (typeof consentStates)[number]

export interface ConsentFact {
  state: ConsentState
  level: 'single_opt_in' | 'confirmed_opt_in' | null
  /** When the person decided; `null` when the source does not know. */
  at: Date | null
  source: string
  wording?: string
}

export interface Item {
  productId: string | null
  variantId: string | null
  title: string
  variantTitle: string | null
  quantity: number
  priceMinor: number
  lineMinor: number
}

export interface CartState {
  token: string
  items: Item[]
  totalMinor: number
  /** Carts don't state their currency when empty; then the shop's counts. */
  currency: string | null
  createdAt: Date
  updatedAt: Date
}

export interface CheckoutState {
  token: string
  cartToken: string | null
  url: string | null
  items: Item[]
  totalMinor: number
  currency: string
  locale: string | null
  createdAt: Date
  completedAt: Date | null
  updatedAt: Date
}

export interface OrderLine extends Item {
  lineId: string
}

export interface OrderState {
  orderId: string
  name: string | null
  cartToken: string | null
  checkoutToken: string | null
  currency: string
  /** What was sold, before anything was given back. */
  totalMinor: number
  /** Only where the source tells the sum instead of the refunds (the sync): what was given back in all. */
  refundedMinor?: number
  isTest: boolean
  /** The lines that the source tells; one that it leaves out stays. */
  lines: OrderLine[]
  placedAt: Date
  /** No payload states when an order was paid: each tells the latest it can have been, so the earliest counts. */
  paidAt: Date | null
  /** As with `paidAt`, the earliest counts. */
  fulfilledAt: Date | null
  cancelledAt: Date | null
  updatedAt: Date
}

export interface RefundState {
  refundId: string
  orderId: string
  amountMinor: number
  refundedAt: Date
  lines: { lineId: string; quantity: number }[]
}

export interface FulfilmentState {
  fulfilmentId: string
  orderId: string
  /** `null` when the source does not tell. */
  status: string | null
  /** The latest it can have been shipped: of several, the earliest counts. */
  shippedAt: Date
  deliveredAt: Date | null
  updatedAt: Date
}

export interface VariantState {
  variantId: string
  title: string
  sku: string | null
  priceMinor: number
  compareAtMinor: number | null
  stock: number | null
}

export interface ProductState {
  productId: string
  title: string
  handle: string | null
  imageUrl: string | null
  productType: string | null
  vendor: string | null
  tags: string[]
  status: string
  variants: VariantState[]
  /** False when the source listed only some of the variants (Shopify sends the first 100). */
  variantsComplete: boolean
  /** Absent when the source does not tell (webhooks don't). */
  collectionIds?: string[]
  updatedAt: Date
}

/** What SendGrid says of one message of ours. */
export interface MessageFact {
  messageId: string
  kind:
    | 'processed'
    | 'deferred'
    | 'delivered'
    | 'opened'
    | 'machine_opened'
    | 'clicked'
    | 'bounced'
    | 'blocked'
    | 'dropped'
    | 'complained'
    | 'unsubscribed'
  at: Date
  reason: string | null
  url: string | null
  providerId: string | null
}

/** What the platform says of the shop itself. */
export type ShopFact =
  | { kind: 'uninstalled'; at: Date }
  | {
      kind: 'updated'
      name: string
      email: string | null
      /** `null` in any of these: not told, so what is known stays. */
      currency: string | null
      timezone: string | null
      countryCode: string | null
      url: string | null
      address: string | null
    }
  | { kind: 'scopes'; scopes: string[] }
  | { kind: 'bulk_operation_finished'; operationId: string; status: string }
  | {
      kind: 'data_request'
      requestId: string
      customerId: string | null
      email: string | null
      phone: string | null
      orderIds: string[]
    }
  | {
      kind: 'redact_customer'
      customerId: string | null
      email: string | null
      phone: string | null
      orderIds: string[]
    }
  | { kind: 'redact_shop' }

/** Everything that one delivery says. Most deliveries fill two or three of these. */
export interface Observation {
  /** Told by the first sync about the past: kept, but nothing reacts to it. */
  historic?: boolean
  /** Whom the payload says that it is about, where believing the wrong one would do harm: headers are not signed. */
  aboutShop?: string | null
  /** Absent when the source names no person, only an order: then it is about whoever placed that order. */
  identity?: Identity
  /** The customer record was deleted at the source. */
  customerDeleted?: { customerId: string; at: Date }
  /** Two customer records became one at the source; `mergedId` is gone. */
  customerMerged?: { keptId: string; mergedId: string; at: Date }
  profile?: ProfileFacts
  consent?: ConsentFact
  /** `all`: the whole list, in place of whatever was known before `at`. */
  tags?: { all?: string[]; add?: string[]; remove?: string[]; at: Date }
  cart?: CartState
  checkout?: CheckoutState
  checkoutDeleted?: { cartToken: string | null; at: Date }
  order?: OrderState
  orderDeleted?: { orderId: string; at: Date }
  refund?: RefundState
  fulfilment?: FulfilmentState
  product?: ProductState
  productDeleted?: { productId: string; at: Date }
  message?: MessageFact
  shop?: ShopFact
  events: ShopEvent[]
}
