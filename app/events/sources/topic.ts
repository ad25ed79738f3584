// What a topic of some source is to Tern: a schema for its payload, and what one such payload says.
import type { z } from 'zod'
import type { Observation } from '#app/events/observation.ts'
import { readPayload } from '#app/events/unreadable-payload.ts'

/** What is known of a delivery besides its payload. */
export interface Told {
  topic: string
  /** When the source says that it happened, else when it reached us. */
  at: Date
  /** The shop's. */
  currency: string
}

/** Reads one payload. @throws UnreadablePayloadError */
export type TopicReader = (payload: unknown, told: Told) => Observation

/** A topic whose payload is read by `schema` and understood by `observe`. */
export function topic<Payload>(
  schema: z.ZodType<Payload>,
  observe: (payload: Payload, told: Told) => Observation,
): TopicReader {
  return (payload, told) => observe(readPayload(schema, payload), told)
}
