// Reads stored events the way flows hear them.
import { z } from 'zod'
import { type EventType, eventTypes, type Subject } from '#app/events/vocabulary.ts'
import type { HeardEvent } from '#app/flows/react.ts'
import { profileId, type ShopId, shopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

const subjectSchema = z.custom<Subject>((text) => typeof text === 'string')
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])

const rowSchema = z.object({
  shop_id: z.int().transform(shopId),
  id: z.int(),
  type: z.enum(eventTypes),
  profile_id: z.int().transform(profileId).nullable(),
  subject: subjectSchema.nullable(),
  occurred_at: z.date(),
  value_minor: z.int().nullable(),
  currency: z.string().nullable(),
  props: z.record(z.string(), scalar),
})

/** The columns that `toHeardEvent` reads, of the event `v`. */
export const heardColumns =
  'v.shop_id, v.id, v.type, v.profile_id, v.subject, v.occurred_at, v.value_minor, v.currency, v.props'

export function toHeardEvent(row: unknown): HeardEvent {
  const { id, type, subject, props, ...read } = rowSchema.parse(row)
  const { subjects: others, ...rest } = props
  const named = z.array(subjectSchema).safeParse(others)
  return {
    shopId: read.shop_id,
    profileId: read.profile_id,
    subjects: [...(subject === null ? [] : [subject]), ...(named.success ? named.data : [])],
    occurredAt: read.occurred_at,
    props: rest,
    ...{ id, type },
    ...(read.value_minor !== null && { valueMinor: read.value_minor }),
    ...(read.currency !== null && { currency: read.currency }),
  }
}

export interface Stretch {
  types: readonly EventType[]
  from: Date
  to: Date
}

/** In the order in which they happened. */
export async function readStretch(tx: Tx, shopId: ShopId, { types, from, to }: Stretch): Promise<HeardEvent[]> {
  const rows = await tx.rows(
    `select ${heardColumns} from event v
     where v.shop_id = $1 and v.occurred_at >= $3 and v.occurred_at < $4 and v.type = any($2::text[])
     order by v.occurred_at, v.id`,
    [shopId, types, from, to],
  )
  return rows.map(toHeardEvent)
}
