// The people in a flow: who is where, since when, and when it goes on for each.
import { z } from 'zod'
import { type EnrolmentState, parkedAt } from '#app/flows/enrolment.ts'
import { type EnrolmentId, enrolmentId, type FlowId, type ProfileId, profileId, type ShopId } from '#app/lib/ids.ts'
import type { Cursor } from '#app/lib/keyset.ts'
import type { Tx } from '#app/platform/database.server.ts'

export interface PersonInFlow {
  enrolmentId: EnrolmentId
  profileId: ProfileId
  /** Null when nothing is known but that they exist. */
  name: string | null
  email: string | null
  subject: string
  state: EnrolmentState
  step: string
  version: number
  enteredAt: Date
  /** When they came to the step. */
  since: Date
  /** Null when it is over, or the flow is paused. */
  nextAt: Date | null
  waitsFor: string | null
  endedAt: Date | null
  endReason: string | null
}

export type PeopleKeys = readonly [string, number]

export interface PeopleQuery {
  flowId: FlowId
  /** All of them when null. */
  state: EnrolmentState | null
  step: string | null
  /** An address, or the beginning of none: whole addresses only are looked up. */
  email: string | null
  cursor: Cursor<PeopleKeys>
  size: number
}

/** The latest to enter first; one row more than `size`, as paging wants it. */
export async function listPeople(tx: Tx, shopId: ShopId, query: PeopleQuery): Promise<PersonInFlow[]> {
  const { flowId, state, step, email, cursor, size } = query
  const isForward = cursor.direction === 'after'
  const [at, id] = cursor.keys ?? [null, null]
  const rows = await tx.rows(
    `select ${personColumns}
     from enrolment e join profile p on p.shop_id = e.shop_id and p.id = e.profile_id
     where e.shop_id = $1 and e.flow_id = $2 and ($3::text is null or e.state = $3) and ($4::text is null or e.step = $4)
       and ($5::text is null or e.profile_id = any(array(
         select i.profile_id from profile_identity i where i.shop_id = $1 and i.kind = 'email' and i.value = $5)))
       and ($6::timestamptz is null or (e.entered_at, e.id) ${isForward ? '<' : '>'} ($6, $7::bigint))
     order by e.entered_at ${isForward ? 'desc' : 'asc'}, e.id ${isForward ? 'desc' : 'asc'} limit $8`,
    [shopId, flowId, state, step, email?.trim().toLowerCase() || null, at, id, size + 1],
  )
  return rows.map(toPerson)
}

/** Null when the flow has no such enrolment. */
export async function findPerson(
  tx: Tx,
  shopId: ShopId,
  { flowId, enrolmentId }: { flowId: FlowId; enrolmentId: EnrolmentId },
): Promise<PersonInFlow | null> {
  const [row] = await tx.rows(
    `select ${personColumns}
     from enrolment e join profile p on p.shop_id = e.shop_id and p.id = e.profile_id
     where e.shop_id = $1 and e.flow_id = $2 and e.id = $3`,
    [shopId, flowId, enrolmentId],
  )
  return row ? toPerson(row) : null
}

const personColumns = `e.id, e.profile_id, nullif(concat_ws(' ', p.first_name, p.last_name), '') as name, p.email,
  e.subject, e.state, e.step, e.version, e.entered_at, e.context ->> 'reachedAt' as since, e.wake_at, e.waits_for,
  e.ended_at, e.end_reason`

const rowSchema = z.object({
  id: z.int().transform(enrolmentId),
  profile_id: z.int().transform(profileId),
  name: z.string().nullable(),
  email: z.string().nullable(),
  subject: z.string(),
  state: z.enum(['active', 'completed', 'exited', 'failed']),
  step: z.string(),
  version: z.int(),
  entered_at: z.date(),
  since: z.string().transform((text) => new Date(text)),
  wake_at: z.date(),
  waits_for: z.string().nullable(),
  ended_at: z.date().nullable(),
  end_reason: z.string().nullable(),
})

function toPerson(row: unknown): PersonInFlow {
  const read = rowSchema.parse(row)
  return {
    enrolmentId: read.id,
    profileId: read.profile_id,
    name: read.name,
    email: read.email,
    subject: read.subject,
    state: read.state,
    step: read.step,
    version: read.version,
    enteredAt: read.entered_at,
    since: read.since,
    nextAt: read.state === 'active' && read.wake_at < parkedAt ? read.wake_at : null,
    waitsFor: read.waits_for,
    endedAt: read.ended_at,
    endReason: read.end_reason,
  }
}
