// Builds deliveries by what they say, so that a story shows only what matters to it. Bodies are Shopify's shapes.
import type { InboxRow } from '#app/events/inbox.server.ts'
import type { Source } from '#app/events/observe.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { SystemTx } from '#app/platform/database.server.ts'

/** A delivery that is yet to be put into an inbox. */
export interface Said {
  source: Source
  topic: string
  body: object
  /** When the source says it happened; half a minute later it reaches us, unless the story says otherwise. */
  at: Date
  receivedAt?: Date
}

export interface PersonOptions {
  /** The number of the customer record. */
  customer?: number
  email?: string
  phone?: string
}

/** `minute` of the day on which stories take place. */
export const minute = (minute: number) => new Date(Date.UTC(2026, 5, 1, 0, minute))

export function cartSaid(options: { token?: string; at: Date; createdAt?: Date; quantity?: number }): Said {
  const { token = 'cart-1', at, quantity = 1 } = options
  const body = { token, line_items: lines(quantity), created_at: options.createdAt ?? at, updated_at: at }
  return { source: 'shopify', topic: 'carts/update', body, at }
}

export interface CheckoutOptions extends PersonOptions {
  token?: string
  cart?: string
  at: Date
  createdAt?: Date
  completedAt?: Date
  quantity?: number
}

export function checkoutSaid(topic: 'checkouts/create' | 'checkouts/update', options: CheckoutOptions): Said {
  const { token = 'checkout-1', cart = 'cart-1', at, quantity = 1 } = options
  const body = {
    token,
    cart_token: cart,
    ...buyer(options, at),
    currency: 'GBP',
    total_price: `${quantity * 10}.00`,
    line_items: lines(quantity),
    created_at: options.createdAt ?? at,
    updated_at: at,
    completed_at: options.completedAt ?? null,
  }
  return { source: 'shopify', topic, body, at }
}

export interface OrderOptions extends PersonOptions {
  id?: number
  cart?: string | null
  checkout?: string | null
  at: Date
  placedAt?: Date
  isPaid?: boolean
  isFulfilled?: boolean
  cancelledAt?: Date
  quantity?: number
  isTest?: boolean
}

export function orderSaid(topic: `orders/${string}`, options: OrderOptions): Said {
  const { id = 1, cart = 'cart-1', checkout = 'checkout-1', at, quantity = 1 } = options
  const body = {
    id,
    name: `#${id}`,
    cart_token: cart,
    checkout_token: checkout,
    ...buyer(options, at),
    currency: 'GBP',
    total_price: `${quantity * 10}.00`,
    financial_status: options.isPaid ? 'paid' : 'pending',
    fulfillment_status: options.isFulfilled ? 'fulfilled' : null,
    test: options.isTest ?? false,
    line_items: [{ id: 1, ...line(quantity) }],
    created_at: options.placedAt ?? at,
    updated_at: at,
    cancelled_at: options.cancelledAt ?? null,
  }
  return { source: 'shopify', topic, body, at }
}

export function refundSaid(options: {
  id?: number
  order?: number
  at: Date
  amount?: string
  quantity?: number
}): Said {
  const { id = 1, order = 1, at, amount = '10.00', quantity = 1 } = options
  const body = {
    id,
    order_id: order,
    created_at: at,
    refund_line_items: [{ line_item_id: 1, quantity }],
    transactions: [{ kind: 'refund', status: 'success', amount, currency: 'GBP' }],
  }
  return { source: 'shopify', topic: 'refunds/create', body, at }
}

export function fulfilmentSaid(options: { id?: number; order?: number; at: Date; isDelivered?: boolean }): Said {
  const { id = 1, order = 1, at, isDelivered = false } = options
  const body = {
    id,
    order_id: order,
    status: 'success',
    shipment_status: isDelivered ? 'delivered' : null,
    created_at: minute(0),
    updated_at: at,
  }
  return { source: 'shopify', topic: isDelivered ? 'fulfillments/update' : 'fulfillments/create', body, at }
}

export function customerSaid(
  topic: 'customers/create' | 'customers/update',
  options: { id?: number; email?: string; firstName?: string; at: Date; createdAt?: Date },
): Said {
  const { id = 1, email, firstName, at } = options
  const body = {
    id,
    email: email ?? null,
    first_name: firstName ?? null,
    created_at: options.createdAt ?? at,
    updated_at: at,
  }
  return { source: 'shopify', topic, body, at }
}

export function consentSaid(options: {
  customer?: number
  email?: string
  state: 'subscribed' | 'unsubscribed' | 'not_subscribed'
  at: Date | null
}): Said {
  const { customer = 1, email, state, at } = options
  const body = {
    customer_id: customer,
    email_address: email ?? null,
    email_marketing_consent: { state, opt_in_level: 'single_opt_in', consent_updated_at: at },
  }
  return { source: 'shopify', topic: 'customers_email_marketing_consent/update', body, at: at ?? minute(0) }
}

export function tagsSaid(change: 'added' | 'removed', tags: string[], at: Date, customer = 1): Said {
  const body = { customerId: `gid://shopify/Customer/${customer}`, tags, occurredAt: at }
  return { source: 'shopify', topic: `customer.tags_${change}`, body, at }
}

/** Any topic, for what has no builder of its own. */
export const said = (topic: string, body: object, at: Date): Said => ({ source: 'shopify', topic, body, at })

let delivered = 0

/** Puts `told` into the shop's inbox and returns it as the worker would take it. */
export async function deliver(tx: SystemTx, shopId: ShopId, told: readonly Said[]): Promise<InboxRow[]> {
  const rows = told.map(({ source, topic, body, at, receivedAt }) => {
    delivered += 1
    const reached = receivedAt ?? new Date(at.getTime() + 30_000)
    return {
      source,
      topic,
      deliveryId: `delivery-${delivered}`,
      triggeredAt: at,
      receivedAt: reached,
      body: JSON.stringify(body),
    }
  })
  const stored = await tx.rows<{ id: number }>(
    `insert into inbox (shop_id, source, topic, delivery_id, triggered_at, received_at, body)
     select $1, source, topic, delivery_id, triggered_at, received_at, ''
     from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[]) with ordinality
       as t (source, topic, delivery_id, triggered_at, received_at, place)
     order by place returning id`,
    [
      shopId,
      rows.map((row) => row.source),
      rows.map((row) => row.topic),
      rows.map((row) => row.deliveryId),
      rows.map((row) => row.triggeredAt),
      rows.map((row) => row.receivedAt),
    ],
  )
  return rows.map((row, place) => ({ ...row, shopId, id: stored[place]!.id }))
}

function buyer({ customer, email, phone }: PersonOptions, at: Date) {
  const record = customer === undefined ? null : { id: customer, email: email ?? null, updated_at: at }
  return { customer: record, email: email ?? null, phone: phone ?? null }
}

const line = (quantity: number) => ({ product_id: 1, variant_id: 1, title: 'Mug', quantity, price: '10.00' })
const lines = (quantity: number) => (quantity === 0 ? [] : [line(quantity)])
