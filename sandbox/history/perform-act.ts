// Lets an act happen in the stand-in shop: changes the store, and says which webhooks Shopify would send for it.
import { assertNever, invariant } from '#app/lib/errors.ts'
import type { Customer, Fulfillment, Order, Refund, Store } from '#sandbox/store/model.ts'
import type { Webhook } from '#sandbox/store/webhook-payloads.ts'
import type { RefundEntry } from './history.ts'
import type { Act, Visit } from './plan-acts.ts'

export interface Stage {
  store: Store
  baseUrl: string
  /** Orders so far, by invoice. */
  orders: Map<string, Order>
  hasConsent(customerName: string): boolean
}

export function performAct(stage: Stage, act: Act, at: Date): Webhook[] {
  switch (act.kind) {
    case 'fill-cart':
      return fillCart(stage, act.visit, at)
    case 'check-out':
      return checkOut(stage, act.visit, at)
    case 'order':
      return placeOrder(stage, act, at)
    case 'pay':
      return pay(findOrder(stage, act.invoice), at)
    case 'ship':
      return ship(findOrder(stage, act.invoice), act.fulfillmentId, at)
    case 'fulfil':
      return fulfil(findOrder(stage, act.invoice), at)
    case 'deliver':
      return deliver(findOrder(stage, act.invoice), at)
    case 'refund':
      return giveBack(findOrder(stage, act.entry.orderInvoice), act, at)
    default:
      return assertNever(act)
  }
}

/** Whom an act is about, null for a guest. */
export function customerOf(stage: Stage, act: Act): Customer | null {
  if ('visit' in act) return act.visit.customer
  return findOrder(stage, act.kind === 'refund' ? act.entry.orderInvoice : act.invoice).customer
}

function fillCart(stage: Stage, visit: Visit, at: Date): Webhook[] {
  const { store } = stage
  const cart = { token: visit.cartToken, lines: visit.lines, createdAt: at, updatedAt: at }
  store.carts.set(cart.token, cart)
  return [...launchProducts(store, visit, at), ...welcome(stage, visit, at), { topic: 'carts/create', cart }]
}

function launchProducts(store: Store, { lines }: Visit, at: Date): Webhook[] {
  const webhooks: Webhook[] = []
  for (const { product } of lines) {
    if (store.products.has(product.id)) continue
    product.createdAt = at
    product.updatedAt = at
    store.products.set(product.id, product)
    webhooks.push({ topic: 'products/create', product })
  }
  return webhooks
}

// A customer exists from the first visit on, so that even a first checkout that is left has an owner with a consent.
function welcome(stage: Stage, { customer, customerName }: Visit, at: Date): Webhook[] {
  if (customer === null || customerName === null || stage.store.customers.has(customer.id)) return []
  customer.createdAt = at
  customer.updatedAt = at
  stage.store.customers.set(customer.id, customer)
  const created: Webhook = { topic: 'customers/create', customer }
  if (!stage.hasConsent(customerName)) return [created]
  customer.consent = { state: 'subscribed', optInLevel: 'single_opt_in', updatedAt: at }
  return [created, { topic: 'customers_email_marketing_consent/update', customer }]
}

function checkOut({ store, baseUrl }: Stage, visit: Visit, at: Date): Webhook[] {
  const checkout = {
    token: visit.checkoutToken,
    cartToken: visit.cartToken,
    email: visit.customer?.email ?? null,
    customer: visit.customer,
    lines: visit.lines,
    abandonedCheckoutUrl: `${baseUrl}/checkouts/${visit.checkoutToken}/recover`,
    createdAt: at,
    updatedAt: at,
    completedAt: null,
  }
  store.checkouts.set(checkout.token, checkout)
  // Shopify tells of a checkout when it has contact data, which a guest of the history never leaves.
  return checkout.email === null ? [] : [{ topic: 'checkouts/create', checkout }]
}

function placeOrder({ store, orders }: Stage, act: Extract<Act, { kind: 'order' }>, at: Date): Webhook[] {
  const { visit, invoice, orderId } = act
  const order: Order = {
    id: orderId,
    name: `#${invoice}`,
    cartToken: visit.cartToken,
    checkoutToken: visit.checkoutToken,
    email: visit.customer?.email ?? null,
    customer: visit.customer,
    countryCode: visit.countryCode,
    lines: visit.lines,
    createdAt: at,
    updatedAt: at,
    paidAt: null,
    cancelledAt: null,
    refunds: [],
    fulfillments: [],
  }
  orders.set(invoice, order)
  store.orders.set(order.id, order)
  store.carts.delete(visit.cartToken)
  const checkout = store.checkouts.get(visit.checkoutToken)
  if (checkout !== undefined) {
    checkout.completedAt = at
    checkout.updatedAt = at
  }
  return [{ topic: 'orders/create', order }]
}

function pay(order: Order, at: Date): Webhook[] {
  order.paidAt = at
  order.updatedAt = at
  return [{ topic: 'orders/paid', order }]
}

function ship(order: Order, fulfillmentId: string, at: Date): Webhook[] {
  if (order.cancelledAt !== null) return []
  const fulfillment: Fulfillment = {
    id: fulfillmentId,
    createdAt: at,
    updatedAt: at,
    deliveredAt: null,
    trackingNumber: `TERN${fulfillmentId}`,
  }
  order.fulfillments.push(fulfillment)
  order.updatedAt = at
  return [{ topic: 'fulfillments/create', order, fulfillment }]
}

function fulfil(order: Order, at: Date): Webhook[] {
  if (order.fulfillments.length === 0) return []
  order.updatedAt = at
  return [{ topic: 'orders/fulfilled', order }]
}

function deliver(order: Order, at: Date): Webhook[] {
  const fulfillment = order.fulfillments[0]
  if (fulfillment === undefined) return []
  fulfillment.deliveredAt = at
  fulfillment.updatedAt = at
  return [{ topic: 'fulfillment_events/create', order, fulfillment, at }]
}

function giveBack(order: Order, { entry, refundId }: { entry: RefundEntry; refundId: string }, at: Date): Webhook[] {
  const refund: Refund = {
    id: refundId,
    createdAt: at,
    lines: entry.lines.map(({ lineIndex, quantity, amountMinor }) => {
      const line = order.lines[lineIndex]
      invariant(line, `refund ${entry.invoice} names line ${lineIndex} of ${entry.orderInvoice}, which has fewer lines`)
      return { lineId: line.id, quantity, amountMinor }
    }),
  }
  order.refunds.push(refund)
  order.updatedAt = at
  const refunded: Webhook = { topic: 'refunds/create', order, refund }
  if (!entry.isWhole) return [refunded]
  order.cancelledAt = at
  return [refunded, { topic: 'orders/cancelled', order }]
}

function findOrder({ orders }: Stage, invoice: string): Order {
  const order = orders.get(invoice)
  invariant(order, `invoice ${invoice} is acted on before it was ordered`)
  return order
}
