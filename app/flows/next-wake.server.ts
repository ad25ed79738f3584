// When a shop's flows have something to do next, for whoever computes the shop's next turn.

/**
 * An SQL expression: the earliest wake of the shop that `shopId` (an SQL expression too) names, null when there is none.
 * Both parts read one index entry.
 */
export const nextFlowWakeSql = (shopId: string): string => `least(
  (select min(e.wake_at) from enrolment e where e.shop_id = ${shopId} and e.state = 'active'),
  (select min(t.due_at) from absence_timer t where t.shop_id = ${shopId}))`
