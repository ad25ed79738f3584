// Which orders count as orders: those that were placed by the moment of the question and still stood then.
import type { EventType } from '#app/events/vocabulary.ts'
import { type Sql, sql, verbatim } from './sql.ts'
import { insideWindow, leavesWindow, type Window } from './window.ts'

export const orderEvents: readonly EventType[] = ['order_placed', 'order_cancelled']

/** `from … where …` over the person's orders `o` that count. Test orders do: whoever tries Tern out has no others. */
export const standingOrders = (window: Window): Sql => sql`from shop_order o
  where o.shop_id = q.shop_id and o.profile_id = q.profile_id and ${insideWindow(window, verbatim('o.placed_at'))}
    and (o.cancelled_at is null or o.cancelled_at > q.as_of) and (o.deleted_at is null or o.deleted_at > q.as_of)`

/** The next moment at which one of the person's orders begins or ceases to count. */
export const nextOrderChange = (window: Window): Sql => sql`select min(m.at) as at from shop_order o
  cross join lateral (values
    (o.placed_at), (${leavesWindow(window, verbatim('o.placed_at'))}), (o.cancelled_at), (o.deleted_at)
  ) as m (at)
  where o.shop_id = q.shop_id and o.profile_id = q.profile_id and m.at > q.as_of`
