// The log of a shop's messages, the newest decision first: sent, waiting, and not sent with the reason.
import { type MessageId, messageId, type ProfileId } from '#app/lib/ids.ts'
import { type Cursor, type KeysetPage, keysetPage } from '#app/lib/keyset.ts'
import type { ShopTx } from '#app/platform/database.server.ts'
import { messageStates } from './message-choices.ts'
import type { MessageFilter } from './message-filter.ts'

export interface ListedMessage {
  id: MessageId
  profileId: ProfileId
  email: string | null
  flowId: number | null
  flowName: string | null
  step: string | null
  state: string
  reason: string | null
  subjectLine: string | null
  createdAt: Date
  dueAt: Date | null
  handedOverAt: Date | null
  openedAt: Date | null
  clickedAt: Date | null
}

/** The moment of the decision, as ISO text, and the message's id. */
export type MessageCursor = Cursor<[string, string]>

const pageSize = 50

export async function listMessages(
  tx: ShopTx,
  filter: MessageFilter,
  cursor: MessageCursor,
): Promise<KeysetPage<ListedMessage>> {
  const isForward = cursor.direction === 'after'
  const order = isForward ? 'desc' : 'asc'
  const values: unknown[] = [tx.shopId, pageSize + 1]
  const rows = await tx.rows<ListedMessage>(
    `select m.id, m.profile_id as "profileId", p.email, m.flow_id as "flowId", f.name as "flowName", m.step, m.state,
       m.reason, m.subject_line as "subjectLine", m.created_at as "createdAt", m.due_at as "dueAt",
       m.handed_over_at as "handedOverAt", m.opened_at as "openedAt", m.clicked_at as "clickedAt"
     from message m
     join profile p on p.shop_id = m.shop_id and p.id = m.profile_id
     left join flow f on f.shop_id = m.shop_id and f.id = m.flow_id
     where m.shop_id = $1 ${conditionsOf(filter, cursor, values)}
     order by m.created_at ${order}, m.id ${order} limit $2`,
    values,
  )
  return keysetPage(
    rows.map((row) => ({ ...row, id: messageId(row.id) })),
    { size: pageSize, cursor, keysOf: ({ createdAt, id }): [string, string] => [createdAt.toISOString(), id] },
  )
}

/** Each combination of filters gets a plan of its own. */
function conditionsOf({ flow, state, reason }: MessageFilter, cursor: MessageCursor, values: unknown[]): string {
  const parameter = (value: unknown) => `$${values.push(value)}`
  const conditions = [
    flow === null ? '' : `and m.flow_id = ${parameter(flow)}::int`,
    state === null ? '' : `and m.state in (${messageStates[state].map((each) => `'${each}'`).join(', ')})`,
    reason === null ? '' : `and m.reason = ${parameter(reason)}::text`,
  ]
  if (cursor.keys !== null) {
    const [at, id] = cursor.keys
    const compare = cursor.direction === 'after' ? '<' : '>'
    conditions.push(`and (m.created_at, m.id) ${compare} (${parameter(at)}::timestamptz, ${parameter(id)}::uuid)`)
  }
  return conditions.join(' ')
}

/** The reasons that stand in the shop's log, for the filter: found one after the other in their index. */
export async function listReasons(tx: ShopTx): Promise<string[]> {
  const rows = await tx.rows<{ reason: string }>(
    `with recursive known as (
       (select reason from message where shop_id = $1 and reason is not null order by reason limit 1)
       union all
       select (select m.reason from message m where m.shop_id = $1 and m.reason > known.reason order by m.reason limit 1)
       from known where known.reason is not null
     )
     select reason from known where reason is not null limit 100`,
    [tx.shopId],
  )
  return rows.map(({ reason }) => reason)
}
