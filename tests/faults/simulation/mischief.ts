// Everything that goes wrong in a simulated run, as a list that can be shrunk to what makes it fail.
import fc from 'fast-check'
import type { Harm, StepKind } from './scheduler.ts'
import { type CallFate, callFates } from './sendgrid.ts'

const harms: readonly Harm[] = [
  'kill-before',
  'kill-after',
  'lose-before',
  'lose-after',
  'slow',
  'freeze-before',
  'freeze-after',
]

export interface Mischief {
  /** Decides the order of what happens at the same time. */
  order: number
  /** What happens to the process that takes the `nth` step of a kind. */
  harms: { kind: StepKind | 'any'; nth: number; harm: Harm }[]
  /** What becomes of the `call`th call to SendGrid. */
  calls: { call: number; fate: CallFate }[]
  /** Deliveries that come twice, and so much later: without order, then. */
  deliveries: { nth: number; lateMinutes: number; twice: boolean }[]
  /** How the mails' readers react, by the number of the mail. */
  readers: { mail: number; event: 'bounce' | 'spamreport' | 'unsubscribe' }[]
}

function harmOf(kind: StepKind | 'any', nth: fc.Arbitrary<number>) {
  return fc.record({ kind: fc.constant(kind), nth, harm: fc.constantFrom(...harms) })
}

export const mischiefArbitrary: fc.Arbitrary<Mischief> = fc.record({
  order: fc.noShrink(fc.nat()),
  harms: fc.array(
    fc.oneof(
      harmOf('any', fc.integer({ min: 1, max: 240 })),
      harmOf('commit', fc.integer({ min: 1, max: 60 })),
      harmOf('call', fc.integer({ min: 1, max: 4 })),
    ),
    { maxLength: 6 },
  ),
  calls: fc.array(fc.record({ call: fc.integer({ min: 1, max: 6 }), fate: fc.constantFrom(...callFates) }), {
    maxLength: 3,
  }),
  deliveries: fc.array(fc.record({ nth: fc.nat({ max: 20 }), lateMinutes: fc.nat({ max: 90 }), twice: fc.boolean() }), {
    maxLength: 4,
  }),
  readers: fc.array(
    fc.record({
      mail: fc.integer({ min: 1, max: 5 }),
      event: fc.constantFrom('bounce' as const, 'spamreport' as const, 'unsubscribe' as const),
    }),
    { maxLength: 1 },
  ),
})
