// What an order's lines and the order as a whole were sold for, in the shop's currency.
import { z } from 'zod'
import type { OrderLine } from '#app/events/observation.ts'
import {
  gidOf,
  listOf,
  minorOf,
  optionalAmount,
  optionalId,
  quantity,
  recordId,
  text,
  titleText,
} from '#app/events/sources/fields.ts'
import { itemOf, moneySet } from './items.ts'

export const orderLine = z.object({
  ...recordId('LineItem'),
  product_id: optionalId('Product'),
  variant_id: optionalId('ProductVariant'),
  title: titleText,
  variant_title: text,
  quantity,
  price: optionalAmount,
  price_set: moneySet,
  discount_allocations: listOf(z.object({ amount: optionalAmount, amount_set: moneySet })),
})

/** The line with what was paid for it: its price less every discount that was allotted to it. */
export function toOrderLine(line: z.infer<typeof orderLine>, currency: string): OrderLine {
  const price = line.price_set?.amount ?? line.price
  const priceMinor = price === null ? 0 : minorOf(price, currency)
  const discountMinor = line.discount_allocations
    .map((allocation) => minorOf(allocation.amount_set?.amount ?? allocation.amount ?? '0', currency))
    .reduce((sum, minor) => sum + minor, 0)
  return { lineId: gidOf(line), ...itemOf(line, priceMinor, priceMinor * line.quantity - discountMinor) }
}

/** The total as sold: refunds are kept on their own and never change it. */
export function orderTotal(order: {
  currency: string
  total_price: string | null
  total_price_set: z.infer<typeof moneySet>
}): number {
  const total = order.total_price_set?.amount ?? order.total_price ?? '0'
  return minorOf(total, order.total_price_set?.currency_code ?? order.currency)
}

const paidStatuses = new Set(['paid', 'partially_refunded', 'refunded'])

/** Refunded orders were paid first. */
export const isPaid = (financialStatus: string | null) => paidStatuses.has(financialStatus?.toLowerCase() ?? '')
