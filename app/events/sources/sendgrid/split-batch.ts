// Takes a post of SendGrid's event webhook apart: many events of many shops, each to be kept on its own.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { readJson } from '#app/events/sources/read-json.ts'
import { readPayload, UnreadablePayloadError } from '#app/events/unreadable-payload.ts'

export interface SendGridEvent {
  /** The shop's public id, which went out with the mail; null for events that no mail of ours caused. */
  tenant: string | null
  /** The same whenever SendGrid repeats the event. */
  eventId: string
  kind: string
  at: Date | null
  body: Buffer
}

/** SendGrid's posts end at 768 kB, and its shortest event has some 200 bytes. */
const mostEvents = 10_000

const batch = z.array(z.record(z.string(), z.unknown()))
const header = z.object({
  tenant: z.string().nullish().catch(null),
  sg_event_id: z
    .string()
    .regex(/^[\w=.+/-]{1,200}$/)
    .nullish()
    .catch(null),
  event: z.string().max(100).catch('unknown'),
  // Seconds; beyond the year 9999 it is no time.
  timestamp: z.number().min(0).max(253_402_300_799).nullish().catch(null),
})

/** The events of one post. @throws UnreadablePayloadError when it isn't an array of objects, or of too many */
export function splitBatch(raw: Buffer): SendGridEvent[] {
  const json: unknown = readJson(raw.toString('utf8'))
  if (Array.isArray(json) && json.length > mostEvents) throw new UnreadablePayloadError('too many events')
  const events = readPayload(batch, json)
  return events.map((event) => {
    const { tenant, sg_event_id, event: kind, timestamp } = header.parse(event)
    const body = bytesOf(event)
    return {
      tenant: tenant ?? null,
      eventId: sg_event_id ?? createHash('sha256').update(body).digest('base64url'),
      kind,
      at: timestamp === null || timestamp === undefined ? null : new Date(timestamp * 1000),
      body,
    }
  })
}

/** Nesting that exhausts the stack is no event of SendGrid's. */
function bytesOf(event: Record<string, unknown>): Buffer {
  try {
    return Buffer.from(JSON.stringify(event))
  } catch (cause) {
    if (cause instanceof RangeError) throw new UnreadablePayloadError('nested too deep', { cause })
    throw cause
  }
}
