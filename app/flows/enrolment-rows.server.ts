// Enrolments as they are kept in the database.
import { z } from 'zod'
import { type EventType, eventTypes, type Subject } from '#app/events/vocabulary.ts'
import { enrolmentId, flowId, type ProfileId, profileId, type ShopId, shopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { contextSchema, type Enrolment } from './enrolment.ts'

/** The columns that `toEnrolment` reads, of the enrolment `e`. */
export const enrolmentColumns = `e.shop_id, e.id, e.flow_id, e.version, e.profile_id, e.subject, e.state, e.step,
  e.occurrence, e.wake_at, e.waits_for, e.context, e.revision, e.attempts, e.entered_at, e.ended_at, e.end_reason`

const subjectSchema = z.custom<Subject>((text) => typeof text === 'string')

const rowSchema = z.object({
  shop_id: z.int().transform(shopId),
  id: z.int().transform(enrolmentId),
  flow_id: z.int().transform(flowId),
  version: z.int(),
  profile_id: z.int().transform(profileId),
  subject: subjectSchema,
  state: z.enum(['active', 'completed', 'exited', 'failed']),
  step: z.string(),
  occurrence: z.int(),
  wake_at: z.date(),
  // An event type that a later version knew, and this one not, is one that can't happen any more.
  waits_for: z.enum(eventTypes).nullable().catch(null),
  context: contextSchema,
  revision: z.int(),
  attempts: z.int(),
  entered_at: z.date(),
  ended_at: z.date().nullable(),
  end_reason: z.string().nullable(),
})

export function toEnrolment(row: unknown): Enrolment {
  const parsed = rowSchema.parse(row)
  return {
    shopId: parsed.shop_id,
    id: parsed.id,
    flowId: parsed.flow_id,
    version: parsed.version,
    profileId: parsed.profile_id,
    subject: parsed.subject,
    state: parsed.state,
    step: parsed.step,
    occurrence: parsed.occurrence,
    wakeAt: parsed.wake_at,
    waitsFor: parsed.waits_for,
    context: parsed.context,
    revision: parsed.revision,
    attempts: parsed.attempts,
    enteredAt: parsed.entered_at,
    endedAt: parsed.ended_at,
    endReason: parsed.end_reason,
  }
}

export interface Touch {
  shopId: ShopId
  profileId: ProfileId | null
  subjects: readonly Subject[]
  type: EventType
}

/** The active enrolments of the events' profiles and about their subjects. */
export async function selectTouched(tx: Tx, touches: readonly Touch[]): Promise<Enrolment[]> {
  const people = touches.filter((touch) => touch.profileId !== null)
  const subjects = touches.flatMap(({ shopId, subjects }) =>
    subjects.filter((subject) => subject !== 'profile').map((subject) => ({ shopId, subject })),
  )
  const rows = await tx.rows(
    `select ${enrolmentColumns} from unnest($1::int[], $2::bigint[]) as p (shop_id, profile_id)
     join enrolment e on e.shop_id = p.shop_id and e.profile_id = p.profile_id where e.state = 'active'
     union all
     select ${enrolmentColumns} from unnest($3::int[], $4::text[]) as s (shop_id, subject)
     join enrolment e on e.shop_id = s.shop_id and e.subject = s.subject where e.state = 'active'`,
    [
      people.map((touch) => touch.shopId),
      people.map((touch) => touch.profileId),
      subjects.map((each) => each.shopId),
      subjects.map((each) => each.subject),
    ],
  )
  const enrolments = rows.map(toEnrolment).sort((a, b) => a.shopId - b.shopId || a.id - b.id)
  return enrolments.filter((each, index) => !isSame(each, enrolments[index - 1]))
}

/** Found by profile and by subject, an enrolment comes twice: sorting that out here is cheaper than in SQL. */
const isSame = (a: Enrolment, b: Enrolment | undefined) => a.shopId === b?.shopId && a.id === b.id
