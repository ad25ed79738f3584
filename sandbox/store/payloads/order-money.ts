// The dozens of amounts in an order payload; the sandbox has neither taxes, shipping nor discounts, so most are zero.
import { decimal, moneySet } from './json.ts'

export interface OrderAmounts {
  totalMinor: number
  refundedMinor: number
  isPaid: boolean
}

export function orderMoney(currency: string, { totalMinor, refundedMinor, isPaid }: OrderAmounts) {
  const none = decimal(0, currency)
  const total = decimal(totalMinor, currency)
  const current = decimal(totalMinor - refundedMinor, currency)
  const noneSet = moneySet(none, currency)
  const totalSet = moneySet(total, currency)
  const currentSet = moneySet(current, currency)
  return {
    current_shipping_price_set: noneSet,
    current_subtotal_price: current,
    current_subtotal_price_set: currentSet,
    current_total_additional_fees_set: null,
    current_total_discounts: none,
    current_total_discounts_set: noneSet,
    current_total_duties_set: null,
    current_total_price: current,
    current_total_price_set: currentSet,
    current_total_tax: none,
    current_total_tax_set: noneSet,
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    subtotal_price: total,
    subtotal_price_set: totalSet,
    total_cash_rounding_payment_adjustment_set: noneSet,
    total_cash_rounding_refund_adjustment_set: noneSet,
    total_discounts: none,
    total_discounts_set: noneSet,
    total_line_items_price: total,
    total_line_items_price_set: totalSet,
    total_outstanding: isPaid ? none : current,
    total_price: total,
    total_price_set: totalSet,
    total_shipping_price_set: noneSet,
    total_tax: none,
    total_tax_set: noneSet,
    total_tip_received: none,
  }
}
