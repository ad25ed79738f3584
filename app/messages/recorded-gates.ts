// The gates of a last word as they are kept with the message, for whoever asks why it went out, waits or was skipped.
import { z } from 'zod'
import { type DeliveryGate, deliveryGateNames } from './delivery-policy.ts'

const recordedGateSchema = z.object({
  gate: z.enum(deliveryGateNames),
  word: z.enum(['send', 'skip', 'defer']),
  reason: z.string().nullable(),
  seen: z.record(z.string(), z.unknown()),
})
export type RecordedGate = z.output<typeof recordedGateSchema>

export const recordedGates = (gates: readonly DeliveryGate[]): RecordedGate[] =>
  gates.map(({ gate, word, seen }) => ({
    gate,
    word: word.kind,
    reason: word.kind === 'send' ? null : word.reason,
    seen,
  }))

/** Gates as they are stored; what an older version kept in another form explains nothing. */
export const storedGatesSchema = z.array(recordedGateSchema).catch([])
