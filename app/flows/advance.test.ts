import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Verdict } from '#app/segments/verdict.ts'
import { begin, enrolment, flowVersion, hours, template } from '#tests/builders/flow.ts'
import { advance, maxMoves } from './advance.ts'
import type { DefinitionInput } from './definition.ts'
import type { Enrolment } from './enrolment.ts'
import { conditionKey, needKey } from './needs.ts'
import { type Answer, type Facts, noFacts } from './step-kind.ts'

const done = { kind: 'end' } as const
const condition = { kind: 'consent', is: 'subscribed' } as const

/** Runs one step and then the end. */
function run(
  step: DefinitionInput['steps'][string],
  options: { at?: Date; facts?: Facts; from?: Partial<Enrolment> } = {},
) {
  const ends = ['yes', 'no'].filter((end) => Object.values(step).includes(end) || step.kind === 'split')
  const flow = flowVersion({ start: 'a', steps: { a: step, ...Object.fromEntries(ends.map((end) => [end, done])) } })
  return advance(flow, enrolment(flow, options.from), options.facts ?? noFacts, options.at ?? begin)
}

const moved = (result: ReturnType<typeof advance>) => {
  if (result.kind !== 'moved') throw new Error('wants to know something')
  return result
}
const factsOf = (key: string, answer: Answer) => new Map([[key, answer]])
const branch = { kind: 'branch', condition, yes: 'yes', no: 'no' } as const
const judged = (verdict: Verdict) => factsOf(conditionKey(condition), { kind: 'verdict', verdict })

test('5.1 an enrolment that waits is left as it is', () => {
  const flow = flowVersion()
  const waiting = enrolment(flow, { wakeAt: hours(1) })
  expect(advance(flow, waiting, noFacts, begin)).toEqual({ kind: 'moved', enrolment: waiting, visits: [], effects: [] })
})

test('5.1 whether a flow is run at once or stop by stop, the same is decided', () => {
  const flow = flowVersion()
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 6 }), (minutes) => {
      const decisions: string[] = []
      let current = enrolment(flow)
      for (const at of [...minutes.toSorted((a, b) => a - b), 400]) {
        const result = moved(advance(flow, current, noFacts, hours(at / 60)))
        current = result.enrolment
        decisions.push(...result.visits.map(({ step, verdict }) => `${step} ${verdict}`))
      }
      expect(decisions).toEqual(['first-wait waited', 'mail queued', 'done ended'])
      expect(current).toMatchObject({ state: 'completed', endReason: null })
    }),
  )
})

test('5.2 the first wait counts from the trigger, not from when we heard of it', () => {
  const flow = flowVersion()
  const { enrolment: waiting } = moved(advance(flow, enrolment(flow), noFacts, hours(0.5)))
  expect(waiting).toMatchObject({ step: 'first-wait', wakeAt: hours(1) })
  expect(moved(advance(flow, enrolment(flow), noFacts, hours(2))).effects).toHaveLength(1)
})

test('5.2 a wait counts from the awaited event, and from coming here when there was none', () => {
  const steps = {
    shipped: {
      kind: 'wait-for-event',
      type: 'order_fulfilled',
      match: 'subject',
      timeout: { days: 1 },
      onEvent: 'pause',
      onTimeout: 'pause',
    },
    pause: { kind: 'wait', duration: { hours: 3 }, since: { event: 'shipped' }, next: 'done' },
    done,
  } as const
  const flow = flowVersion({ start: 'shipped', steps })
  const context = enrolment(flow).context
  const told = enrolment(flow, { context: { ...context, happened: { shipped: hours(1) } } })
  expect(moved(advance(flow, told, noFacts, hours(2))).enrolment.wakeAt).toEqual(hours(4))
  const untold = enrolment(flow, { waitsFor: 'order_fulfilled' })
  expect(moved(advance(flow, untold, noFacts, hours(24))).enrolment.wakeAt).toEqual(hours(27))
})

test('5.3 a time of day is one where the profile lives', () => {
  const step = { kind: 'wait-until', time: '09:00', next: 'yes' } as const
  expect(run(step)).toEqual({ kind: 'needs', needs: [{ kind: 'zone' }] })
  const facts = factsOf('zone', { kind: 'zone', zone: 'America/New_York' })
  expect(moved(run(step, { facts })).enrolment.wakeAt).toEqual(new Date('2026-06-01T13:00:00Z'))
  const facts2 = factsOf('zone', { kind: 'zone', zone: 'Asia/Tokyo' })
  expect(moved(run(step, { facts: facts2 })).enrolment.wakeAt).toEqual(new Date('2026-06-02T00:00:00Z'))
})

test('5.3 who comes exactly at that time does not wait, and weekdays are kept', () => {
  const facts = factsOf('zone', { kind: 'zone', zone: 'UTC' })
  const noon = { kind: 'wait-until', time: '12:00', next: 'yes' } as const
  expect(moved(run(noon, { facts })).enrolment.step).toBe('yes')
  const thursday = { ...noon, weekdays: [4] } as DefinitionInput['steps'][string]
  expect(moved(run(thursday, { facts })).enrolment.wakeAt).toEqual(new Date('2026-06-04T12:00:00Z'))
})

test('5.4 an awaited event that has happened already counts at once', () => {
  const step = {
    kind: 'wait-for-event',
    type: 'order_fulfilled',
    match: 'subject',
    counts: 'ever',
    timeout: { days: 60 },
    onEvent: 'yes',
    onTimeout: 'no',
  } as const
  const need = { kind: 'event', type: 'order_fulfilled', match: 'subject', since: 'ever' } as const
  expect(run(step)).toEqual({ kind: 'needs', needs: [need] })
  const happened = factsOf(needKey(need), { kind: 'event', occurredAt: hours(-5) })
  const result = moved(run(step, { facts: happened }))
  expect(result.visits[0]).toMatchObject({ verdict: 'happened', seen: { at: hours(-5).toISOString() } })
  expect(result.enrolment.step).toBe('yes')
  const not = factsOf(needKey(need), { kind: 'event', occurredAt: null })
  expect(moved(run(step, { facts: not })).enrolment).toMatchObject({ waitsFor: 'order_fulfilled', wakeAt: hours(1440) })
})

test('5.4 without the event the time-out leads on, without asking again', () => {
  const step = {
    kind: 'wait-for-event',
    type: 'order_fulfilled',
    match: 'subject',
    timeout: { hours: 2 },
    onEvent: 'yes',
    onTimeout: 'no',
  } as const
  const result = moved(run(step, { at: hours(2), from: { waitsFor: 'order_fulfilled' } }))
  expect(result.enrolment.step).toBe('no')
  expect(result.visits[0]).toMatchObject({ verdict: 'timed_out' })
})

test('5.5 a branch asks, and its visit keeps what was seen', () => {
  expect(run(branch)).toMatchObject({ kind: 'needs', needs: [{ kind: 'condition', condition }] })
  const seen = { consent: 'subscribed' }
  const result = moved(run(branch, { facts: judged({ passes: true, seen }) }))
  expect(result.visits[0]).toEqual({ step: 'a', occurrence: 1, at: begin, verdict: 'yes', seen })
  expect(moved(run(branch, { facts: judged({ passes: false, seen }) })).enrolment.step).toBe('no')
})

test('5.6 a split is sticky and keeps its proportions', () => {
  const arms = [
    { name: 'A', weight: 3, next: 'yes' },
    { name: 'B', weight: 1, next: 'no' },
    { name: 'C', weight: 0, next: 'no' },
  ]
  const way = (profile: number) => {
    const from = { profileId: profile } as Partial<Enrolment>
    return moved(run({ kind: 'split', arms }, { from })).visits[0]!.seen.arm
  }
  const ways = Array.from({ length: 4_000 }, (_, profile) => way(profile))
  expect(ways).toEqual(Array.from({ length: 4_000 }, (_, profile) => way(profile)))
  expect(ways.filter((arm) => arm === 'A').length / 4_000).toBeCloseTo(0.75, 1)
  expect(ways).not.toContain('C')
})

test('5.8 an unknown template is a failed visit, and the way goes on', () => {
  const step = { kind: 'send-email', template, class: 'marketing', next: 'yes' } as const
  const flow = { ...flowVersion({ start: 'a', steps: { a: step, yes: done } }), templates: new Set<string>() }
  const result = moved(advance(flow, enrolment(flow), noFacts, begin))
  expect(result.effects).toEqual([])
  expect(result.visits[0]).toMatchObject({ verdict: 'failed', seen: { reason: 'unknown_template' } })
  expect(result.enrolment.state).toBe('completed')
})

test('5.8 a branch that cannot be answered goes on with no', () => {
  const facts = factsOf(conditionKey(condition), { kind: 'failed', reason: 'unanswerable_22012' })
  const result = moved(run(branch, { facts }))
  expect(result.visits[0]).toMatchObject({ verdict: 'failed', seen: { reason: 'unanswerable_22012' } })
  expect(result.enrolment.step).toBe('no')
})

test('5.8 an enrolment on a step that its version does not have ends as failed', () => {
  const flow = flowVersion()
  const lost = enrolment(flow, { step: 'gone' })
  expect(moved(advance(flow, lost, noFacts, begin)).enrolment).toMatchObject({
    state: 'failed',
    endReason: 'step_missing',
  })
})

test('5.10 a pass takes no more steps than a definition can have', () => {
  const ids = Array.from({ length: 200 }, (_, index) => `s${index}`)
  const steps = Object.fromEntries(
    ids.map((id, index) => [
      id,
      index === 199 ? done : ({ kind: 'wait', duration: {}, next: ids[index + 1]! } as const),
    ]),
  )
  const flow = flowVersion({ start: 's0', steps })
  expect(moved(advance(flow, enrolment(flow), noFacts, begin)).visits).toHaveLength(200)
  expect(maxMoves).toBeGreaterThan(200)
})

test('6.1 whoever does not pass the filter leaves without a mail', () => {
  const step = { kind: 'send-email', template, class: 'marketing', next: 'yes' } as const
  const flow = flowVersion({ start: 'a', filter: condition, steps: { a: step, yes: done } })
  expect(advance(flow, enrolment(flow), noFacts, begin).kind).toBe('needs')
  const out = moved(advance(flow, enrolment(flow), judged({ passes: false, seen: {} }), begin))
  expect(out.enrolment).toMatchObject({ state: 'exited', endReason: 'filter' })
  expect(out.effects).toEqual([])
  const through = moved(advance(flow, enrolment(flow), judged({ passes: true, seen: {} }), begin))
  expect(through.effects).toEqual([{ templateId: template, class: 'marketing', step: 'a', occurrence: 1 }])
})
