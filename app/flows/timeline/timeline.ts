// One line of a person's history: what they did, what was sent or not, where they entered and left, what was changed by hand.
import { z } from 'zod'
import { eventTypes } from '#app/events/vocabulary.ts'
import { storedGatesSchema } from '#app/messages/recorded-gates.ts'

const props = z.record(z.string(), z.unknown()).catch({})
const line = { at: z.date(), key: z.string() }

export const timelineEntrySchema = z.discriminatedUnion('kind', [
  z.object({
    ...line,
    kind: z.literal('event'),
    type: z.enum(eventTypes),
    subject: z.string().nullable(),
    valueMinor: z.number().nullable(),
    currency: z.string().nullable(),
    props,
  }),
  z.object({
    ...line,
    kind: z.literal('message'),
    messageId: z.string(),
    flowId: z.number().nullable(),
    flowName: z.string().nullable(),
    step: z.string().nullable(),
    state: z.string(),
    reason: z.string().nullable(),
    subjectLine: z.string().nullable(),
    dueAt: z.date().nullable(),
    gates: storedGatesSchema,
  }),
  z.object({
    ...line,
    kind: z.enum(['entered', 'left']),
    flowId: z.number(),
    flowName: z.string(),
    version: z.number(),
    state: z.string(),
    reason: z.string().nullable(),
  }),
  z.object({ ...line, kind: z.literal('change'), action: z.string(), actor: z.string(), details: props }),
])
export type TimelineEntry = z.output<typeof timelineEntrySchema>
