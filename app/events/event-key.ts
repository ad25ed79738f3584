// Recognises one happening told twice: by two topics, by a webhook and the reconciling sweep, by a delivery after a year.
import type { ShopEvent } from './vocabulary.ts'

/**
 * What makes `event` this very happening, whoever tells of it and at whatever time; an event with a key is kept once
 * per shop. Null for what may happen again and again: there the delivery's own id keeps repetitions out.
 */
export function eventKey({ type, subjects, props }: ShopEvent): string | null {
  const subject = subjects[0]
  switch (type) {
    case 'checkout_started':
    case 'order_placed':
    case 'order_paid':
    case 'order_fulfilled':
    case 'order_cancelled':
      return subject ? `${type} ${subject}` : null
    case 'order_refunded':
      return part(type, props.refundId)
    case 'order_delivered':
      return part(type, props.fulfilmentId)
    case 'customer_created':
      return part(type, props.customerId)
    default:
      return null
  }
}

const part = (type: string, id: unknown) => (typeof id === 'string' ? `${type} ${id}` : null)
