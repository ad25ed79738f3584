// A customer as the Admin API shows it.
import { linesTotalMinor, orderRefundedMinor } from '#sandbox/store/amounts.ts'
import type { Customer, Order } from '#sandbox/store/model.ts'
import type { Node } from '../node.ts'
import type { StoreView } from '../store-view.ts'
import { moneyNode } from './money.ts'

export function customerNode(view: StoreView, customer: Customer): Node {
  const { currency } = view.store.shop
  const orders = () => view.ordersOf(customer.id)
  return {
    __typename: 'Customer',
    id: customerGid(customer),
    legacyResourceId: customer.id,
    createdAt: customer.createdAt,
    updatedAt: customer.updatedAt,
    state: 'DISABLED',
    locale: customer.locale,
    tags: customer.tags,
    note: null,
    verifiedEmail: true,
    firstName: customer.firstName,
    lastName: customer.lastName,
    displayName: `${customer.firstName} ${customer.lastName}`.trim() || customer.email,
    email: customer.email,
    phone: customer.phone,
    defaultEmailAddress: () => emailNode(view, customer),
    defaultPhoneNumber: customer.phone ? { phoneNumber: customer.phone } : null,
    defaultAddress: { countryCodeV2: customer.countryCode },
    numberOfOrders: () => String(orders().length),
    amountSpent: () => moneyNode(spentMinor(orders()), currency),
    lastOrder: () => lastOf(orders().map(view.order)),
    orders: () => orders().map(view.order),
    dataSaleOptOut: false,
    statistics: { predictedSpendTier: null, rfmGroup: null },
    canDelete: () => orders().length === 0,
    taxExempt: false,
  }
}

function customerGid(customer: Customer): string {
  return `gid://shopify/Customer/${customer.id}`
}

function emailNode(view: StoreView, customer: Customer): Node | null {
  const { state, optInLevel, updatedAt } = customer.consent
  if (!customer.email || state === 'redacted') return null
  return {
    emailAddress: customer.email,
    marketingState: state.toUpperCase(),
    marketingOptInLevel: optInLevel?.toUpperCase() ?? null,
    marketingUpdatedAt: updatedAt,
    marketingUnsubscribeUrl: `${view.context.storefrontUrl}/account/unsubscribe/${customer.id}`,
    openTrackingLevel: 'UNKNOWN',
    validFormat: true,
  }
}

function spentMinor(orders: Order[]): number {
  const kept = orders.filter((order) => !order.cancelledAt)
  return kept.reduce((total, order) => total + linesTotalMinor(order.lines) - orderRefundedMinor(order), 0)
}

function lastOf<T>(list: T[]): T | null {
  return list[list.length - 1] ?? null
}
