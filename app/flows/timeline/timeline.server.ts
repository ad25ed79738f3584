// Reads one person's history, newest first, a page at a time: events, mails sent and not sent, flows, changes by hand.
import type { ProfileId } from '#app/lib/ids.ts'
import { type Cursor, type KeysetPage, keysetPage } from '#app/lib/keyset.ts'
import type { ShopTx } from '#app/platform/database.server.ts'
import { type TimelineEntry, timelineEntrySchema } from './timeline.ts'

export type TimelineCursor = Cursor<[string, string]>

const pageSize = 40

/** That a mail was processed says nothing that its own line does not say. */
const untold = ['message_processed', 'message_delivered']

export async function readTimeline(
  tx: ShopTx,
  profileId: ProfileId,
  cursor: TimelineCursor,
): Promise<KeysetPage<TimelineEntry>> {
  const isForward = cursor.direction === 'after'
  const compare = isForward ? '<' : '>'
  const order = isForward ? 'desc' : 'asc'
  const [at, key] = cursor.keys ?? [isForward ? 'infinity' : '-infinity', '']
  /** Each source gives no more than the page can show; the bare comparison of times is what its index serves. */
  const part = ({ columns, from, time, name }: Source) =>
    `(select ${time} as at, ${name} as key, jsonb_build_object(${columns}) as told from ${from}
      and ${time} ${compare}= $3 and (${time}, ${name}) ${compare} ($3, $4::text collate "C")
      order by 1 ${order}, 2 ${order} limit $5)`
  const lines = `(${sources.map(part).join('\n union all ')}) line`
  const rows = await tx.rows<{ at: Date; key: string; told: Record<string, unknown> }>(
    `select at, key, told from ${lines}
     order by at ${order}, key ${order} limit $5`,
    [tx.shopId, profileId, at, key, pageSize + 1, untold],
  )
  const entries = rows.map(({ at, key, told }) =>
    timelineEntrySchema.parse({ ...told, at, key, ...('dueAt' in told && { dueAt: dateOrNull(told.dueAt) }) }),
  )
  return keysetPage(entries, {
    size: pageSize,
    cursor,
    keysOf: (entry): [string, string] => [entry.at.toISOString(), entry.key],
  })
}

const dateOrNull = (text: unknown) => (typeof text === 'string' ? new Date(text) : null)

interface Source {
  columns: string
  from: string
  time: string
  /** Tells entries of the same moment apart, always in the same order. */
  name: string
}

const numbered = (prefix: string, id: string) => `('${prefix}' || lpad(${id}::text, 19, '0')) collate "C"`

const sources: Source[] = [
  {
    time: 'v.occurred_at',
    name: numbered('event', 'v.id'),
    columns: `'kind', 'event', 'type', v.type, 'subject', v.subject, 'valueMinor', v.value_minor, 'currency', v.currency,
      'props', v.props`,
    from: 'event v where v.shop_id = $1 and v.profile_id = $2 and v.type <> all($6)',
  },
  {
    time: 'coalesce(m.handed_over_at, m.decided_at, m.created_at)',
    name: `('message' || m.id) collate "C"`,
    columns: `'kind', 'message', 'messageId', m.id, 'flowId', m.flow_id, 'flowName', f.name, 'step', m.step, 'state', m.state,
      'reason', m.reason, 'subjectLine', m.subject_line, 'dueAt', m.due_at, 'gates', m.seen`,
    from: `message m left join flow f on f.shop_id = m.shop_id and f.id = m.flow_id
      where m.shop_id = $1 and m.profile_id = $2`,
  },
  enrolmentSource('entered', 'e.entered_at'),
  enrolmentSource('left', 'e.ended_at'),
  {
    time: 'a.at',
    name: numbered('change', 'a.id'),
    columns: `'kind', 'change', 'action', a.action, 'actor', a.actor, 'details', a.details`,
    from: 'audit_entry a where a.shop_id = $1 and a.profile_id = $2',
  },
]

function enrolmentSource(kind: 'entered' | 'left', time: string): Source {
  return {
    time,
    name: numbered(kind, 'e.id'),
    columns: `'kind', '${kind}', 'flowId', e.flow_id, 'flowName', f.name, 'version', e.version, 'state', e.state,
      'reason', e.end_reason`,
    from: `enrolment e join flow f on f.shop_id = e.shop_id and f.id = e.flow_id
      where e.shop_id = $1 and e.profile_id = $2 and ${time} is not null`,
  }
}
