// How much of an order was given back, in SQL: what the source stated in all, and every refund that came after.

/**
 * The expression for an order's `refunded_minor`. `refunds` names the rows to count, the others are SQL expressions;
 * `statedAt` may be null. Refunds only ever add up, so the larger of both accounts holds.
 */
export function refundedTotal(
  refunds: string,
  shopId: string,
  orderId: string,
  statedMinor: string,
  statedAt: string,
): string {
  return `(
    select greatest(coalesce(sum(r.amount_minor), 0),
      ${statedMinor} + coalesce(sum(r.amount_minor) filter (where r.refunded_at > ${statedAt}), 0))::bigint
    from ${refunds} r where r.shop_id = ${shopId} and r.order_id = ${orderId})`
}
