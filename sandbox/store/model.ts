// What the stand-in shop holds. Webhook payloads and Admin API answers are both made from these objects.
// Amounts are integer minor units of the shop's currency; times are `Date`s; ids are the numeric part of Shopify's gid, as text.

export interface Shop {
  id: string
  domain: string
  name: string
  email: string
  currency: string
  timezone: string
  countryCode: string
  locale: string
  address: { address1: string; city: string; zip: string; country: string }
}

export interface Variant {
  id: string
  title: string
  sku: string
  priceMinor: number
  inventory: number
}

export interface Product {
  id: string
  handle: string
  title: string
  productType: string
  vendor: string
  tags: string[]
  imageUrl: string
  variants: Variant[]
  createdAt: Date
  updatedAt: Date
}

export type ConsentState = 'not_subscribed' | 'pending' | 'subscribed' | 'unsubscribed' | 'redacted'

export interface Customer {
  id: string
  email: string
  phone: string | null
  firstName: string
  lastName: string
  countryCode: string
  locale: string
  tags: string[]
  consent: { state: ConsentState; optInLevel: 'single_opt_in' | 'confirmed_opt_in' | null; updatedAt: Date | null }
  createdAt: Date
  updatedAt: Date
}

export interface Line {
  id: string
  product: Product
  variant: Variant
  quantity: number
  priceMinor: number
  /** The line's exact total where `priceMinor` is a rounded price; otherwise quantity × price. Read it by `lineTotalMinor`. */
  totalMinor?: number
}

export interface Cart {
  token: string
  lines: Line[]
  createdAt: Date
  updatedAt: Date
}

export interface Checkout {
  token: string
  cartToken: string
  email: string | null
  customer: Customer | null
  lines: Line[]
  abandonedCheckoutUrl: string
  createdAt: Date
  updatedAt: Date
  completedAt: Date | null
}

export interface Refund {
  id: string
  createdAt: Date
  lines: { lineId: string; quantity: number; amountMinor: number }[]
}

export interface Fulfillment {
  id: string
  createdAt: Date
  updatedAt: Date
  deliveredAt: Date | null
  trackingNumber: string | null
}

export interface Order {
  id: string
  name: string
  cartToken: string | null
  checkoutToken: string | null
  email: string | null
  customer: Customer | null
  /** Where it goes when there is no customer to ask; the shop's own country when absent. */
  countryCode?: string
  lines: Line[]
  createdAt: Date
  updatedAt: Date
  paidAt: Date | null
  cancelledAt: Date | null
  refunds: Refund[]
  fulfillments: Fulfillment[]
}

/** One shop's whole state, by id or token. */
export interface Store {
  shop: Shop
  products: Map<string, Product>
  customers: Map<string, Customer>
  carts: Map<string, Cart>
  checkouts: Map<string, Checkout>
  orders: Map<string, Order>
}
