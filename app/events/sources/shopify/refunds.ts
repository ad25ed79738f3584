// refunds/create: what was given back of an order, line by line, and how much money went with it.
import { z } from 'zod'
import type { Observation, RefundState } from '#app/events/observation.ts'
import {
  gidOf,
  id,
  listOf,
  minorOf,
  optionalAmount,
  optionalCurrency,
  optionalTime,
  quantity,
  recordId,
  text,
} from '#app/events/sources/fields.ts'
import { type Told, topic } from '#app/events/sources/topic.ts'
import { moneySet } from './items.ts'

const refund = z.object({
  ...recordId('Refund'),
  order_id: id('Order'),
  created_at: optionalTime,
  processed_at: optionalTime,
  refund_line_items: listOf(
    z.object({ line_item_id: id('LineItem'), quantity, subtotal_set: moneySet, total_tax_set: moneySet }),
  ),
  transactions: listOf(
    z.object({ kind: text, status: text, amount: optionalAmount, amount_set: moneySet, currency: optionalCurrency }),
  ),
})

export const refunds = topic(refund, (payload, told): Observation => {
  const state: RefundState = {
    refundId: gidOf(payload),
    orderId: payload.order_id,
    amountMinor: refundedMinor(payload, told.currency),
    refundedAt: payload.created_at ?? payload.processed_at ?? told.at,
    lines: payload.refund_line_items.map((line) => ({ lineId: line.line_item_id, quantity: line.quantity })),
  }
  return { refund: state, events: [refundEvent(state, told)] }
})

function refundEvent(state: RefundState, { currency }: Told): Observation['events'][number] {
  return {
    type: 'order_refunded',
    subjects: [`order:${state.orderId}`],
    occurredAt: state.refundedAt,
    valueMinor: state.amountMinor,
    currency,
    props: { refundId: state.refundId },
  }
}

/** The money that moved, if it moved in the shop's currency; else what the returned lines were worth in it. */
function refundedMinor({ transactions, refund_line_items }: z.infer<typeof refund>, currency: string): number {
  const moved = transactions.filter(
    ({ kind, status }) => kind === 'refund' && status !== 'failure' && status !== 'error',
  )
  const amounts = moved.map((transaction) =>
    transaction.amount_set || !transaction.currency || transaction.currency === currency
      ? (transaction.amount_set?.amount ?? transaction.amount)
      : null,
  )
  if (amounts.every((amount) => amount !== null)) return sumMinor(amounts, currency)
  return sumMinor(
    refund_line_items.flatMap((line) => [line.subtotal_set?.amount ?? '0', line.total_tax_set?.amount ?? '0']),
    currency,
  )
}

const sumMinor = (amounts: string[], currency: string) =>
  amounts.reduce((sum, amount) => sum + minorOf(amount, currency), 0)
