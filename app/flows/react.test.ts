import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ProfileId } from '#app/lib/ids.ts'
import { begin, enrolment, event, flowVersion, hours, lookupOf, template, welcomeFacts } from '#tests/builders/flow.ts'
import type { AdmissionFacts, Candidate } from './candidate.ts'
import type { DefinitionInput } from './definition.ts'
import { type Enrolment, parkedAt } from './enrolment.ts'
import type { FlowVersion } from './flow-version.ts'
import { type HeardEvent, react, timersOf } from './react.ts'

const ordered = { on: 'order_placed', match: 'profile', reason: 'ordered' } as const
const orderSubjects: HeardEvent['subjects'] = ['order:o1', 'checkout:k1', 'cart:c1']

interface Heard {
  flow: FlowVersion
  events: HeardEvent[]
  running?: Enrolment[]
  facts?: (candidate: Candidate) => AdmissionFacts
  now?: Date
}

/** Reacts, giving whatever facts are asked for. */
function hear({ flow, events, running = [], facts = () => welcomeFacts(), now = begin }: Heard): Enrolment[] {
  const known = new Map<string, AdmissionFacts>()
  for (;;) {
    const reaction = react({ events, flows: lookupOf(flow), running, facts: known }, now)
    if (reaction.kind === 'reacted') return reaction.changes.map((change) => change.enrolment)
    for (const candidate of reaction.candidates) known.set(candidate.key, facts(candidate))
  }
}

const waiting = (flow: FlowVersion, changes: Partial<Enrolment> = {}) =>
  enrolment(flow, { wakeAt: hours(1), ...changes })

describe('entering', () => {
  test('2.1 an event of nobody we know begins nothing', () => {
    expect(hear({ flow: flowVersion(), events: [event('checkout_started', { profileId: null })] })).toEqual([])
  })

  test('2.10 whoever enters is written once, waiting already, from when the trigger happened', () => {
    const [entered] = hear({ flow: flowVersion(), events: [event('checkout_started')], now: hours(0.5) })
    expect(entered).toMatchObject({ state: 'active', subject: 'checkout:k1', enteredAt: begin, wakeAt: hours(1) })
  })

  test('2.2 the newest payload wins until something was sent', () => {
    const flow = flowVersion()
    const news = event('checkout_updated', { occurredAt: hours(0.5), props: { items: 3 } })
    const [merged] = hear({ flow, events: [news], running: [waiting(flow)], now: hours(0.5) })
    expect(merged?.context.trigger).toMatchObject({ items: 3 })
    const { context } = waiting(flow)
    const sent = waiting(flow, { step: 'mail', context: { ...context, hasSent: true } })
    expect(hear({ flow, events: [news], running: [sent], now: hours(0.5) })).toEqual([])
  })

  test('2.2 older news that arrives late changes nothing', () => {
    const flow = flowVersion()
    const late = event('checkout_updated', { occurredAt: hours(-1) })
    expect(hear({ flow, events: [late], running: [waiting(flow)] })).toEqual([])
  })

  test('2.3 a shopper who goes on begins the first wait again, but no other wait', () => {
    const flow = flowVersion()
    const news = event('checkout_updated', { occurredAt: hours(0.5) })
    const [merged] = hear({ flow, events: [news], running: [waiting(flow)], now: hours(0.5) })
    expect(merged?.wakeAt).toEqual(hours(1.5))
    const parked = hear({ flow, events: [news], running: [waiting(flow, { wakeAt: parkedAt })], now: hours(0.5) })
    expect(parked[0]).toMatchObject({ wakeAt: parkedAt, context: { reachedAt: hours(0.5) } })
  })

  test.each([
    ['never', 'profile', 90, false],
    ['never', 'checkout:k2', 90, false],
    ['always', 'checkout:k2', 1, true],
    ['always', 'checkout:k1', 90, false],
    [{ afterDays: 7 }, 'checkout:k1', 6, false],
    [{ afterDays: 7 }, 'checkout:k1', 7, true],
  ] as const)('2.4 re-entry %j, last in with %s %i days ago: %s', (reentry, subject, daysAgo, enters) => {
    const at = hours(-24 * daysAgo)
    const past = { lastEnteredAt: at, subjectEnteredAt: subject === 'checkout:k1' ? at : null }
    const facts = () => welcomeFacts({ past })
    const entered = hear({ flow: flowVersion({ reentry }), events: [event('checkout_started')], facts })
    expect(entered).toHaveLength(enters ? 1 : 0)
  })

  test('2.5 who left before anything was sent may come again', () => {
    const flow = flowVersion({ reentry: 'never', exits: [ordered] })
    const events = [
      event('checkout_started'),
      event('order_placed', { subjects: orderSubjects }),
      event('checkout_updated'),
    ]
    expect(hear({ flow, events }).map(({ state }) => state)).toEqual(['exited', 'active'])
  })

  test('2.6 whoever does not meet the entry condition stays out', () => {
    const facts = () => welcomeFacts({ entry: { passes: false, seen: {} } })
    expect(hear({ flow: flowVersion(), events: [event('checkout_started')], facts })).toEqual([])
  })

  test('2.7 a stale event begins nothing and asks for nothing', () => {
    const old = event('checkout_started', { occurredAt: hours(-25) })
    const reaction = react({ events: [old], flows: lookupOf(flowVersion()), running: [], facts: new Map() }, begin)
    expect(reaction).toEqual({ kind: 'reacted', changes: [] })
  })

  test('2.8 a trigger whose exit is known already begins nothing', () => {
    const facts = () => welcomeFacts({ exitedBy: 'ordered' })
    expect(hear({ flow: flowVersion(), events: [event('checkout_started')], facts })).toEqual([])
  })

  test('2.9 a newer subject supersedes, an older one that arrives late does not enter', () => {
    const flow = flowVersion({ newestOnly: true })
    const other = (at: Date) => event('checkout_started', { subjects: ['checkout:k2'], occurredAt: at })
    const newer = hear({ flow, events: [other(hours(0.2))], running: [waiting(flow)], now: hours(0.2) })
    expect(newer).toMatchObject([{ subject: 'checkout:k1', endReason: 'superseded' }, { subject: 'checkout:k2' }])
    expect(hear({ flow, events: [other(hours(-1))], running: [waiting(flow)] })).toEqual([])
  })

  test('3.1 each order sets the absence timer anew, the latest counts', () => {
    const flow = flowVersion({ trigger: { kind: 'absence', days: 60 } })
    const orders = [hours(5), hours(2)].map((occurredAt) => event('order_placed', { occurredAt }))
    expect(timersOf(orders, lookupOf(flow))).toMatchObject([{ dueAt: hours(5 + 60 * 24) }])
    expect(timersOf([event('order_cancelled')], lookupOf(flow))).toEqual([])
  })
})

describe('leaving', () => {
  test('4.1 an order by any of the person’s identities ends the story of its checkout', () => {
    const flow = flowVersion({ exits: [{ ...ordered, match: 'subject' }] })
    const elsewhere = event('order_placed', {
      profileId: 2 as ProfileId,
      subjects: orderSubjects,
      occurredAt: hours(0.5),
    })
    expect(hear({ flow, events: [elsewhere], running: [waiting(flow)] })).toMatchObject([
      { state: 'exited', endReason: 'ordered', endedAt: begin },
    ])
  })

  test('4.1 what concerns the cart of a checkout concerns the checkout', () => {
    const flow = flowVersion({ exits: [{ on: 'cart_emptied', match: 'subject', reason: 'cart_emptied' }] })
    const emptied = (cart: string) => event('cart_emptied', { subjects: [`cart:${cart}`], occurredAt: hours(0.5) })
    const context = { ...waiting(flow).context, trigger: { subjects: ['cart:c1'] } }
    expect(hear({ flow, events: [emptied('c1')], running: [waiting(flow, { context })] })).toHaveLength(1)
    expect(hear({ flow, events: [emptied('c2')], running: [waiting(flow, { context })] })).toEqual([])
  })

  test('4.2 an order from before the entry ends nothing', () => {
    const flow = flowVersion({ exits: [ordered] })
    const before = event('order_placed', { occurredAt: hours(-1), subjects: ['order:o0'] })
    expect(hear({ flow, events: [before], running: [waiting(flow)] })).toEqual([])
  })

  test('4.3 unsubscribing ends flows with marketing mail, and only those', () => {
    const left = event('unsubscribed', { subjects: ['profile'], occurredAt: hours(-1) })
    const flow = flowVersion()
    expect(hear({ flow, events: [left], running: [waiting(flow)] })).toMatchObject([{ endReason: 'unsubscribed' }])
    const mail = { kind: 'send-email', template, class: 'transactional', next: 'done' } as const
    const plain = flowVersion({ start: 'mail', steps: { mail, done: { kind: 'end' } } })
    expect(hear({ flow: plain, events: [left], running: [waiting(plain)] })).toEqual([])
  })

  test('4.4 a part of the refund does not end what only the whole ends', () => {
    const exit = { on: 'order_refunded', match: 'profile', reason: 'refunded', onlyWhole: true } as const
    const flow = flowVersion({ exits: [exit] })
    const context = { ...waiting(flow).context, trigger: { valueMinor: 2_000 } }
    const refund = (valueMinor: number) => event('order_refunded', { valueMinor, occurredAt: hours(0.5) })
    expect(hear({ flow, events: [refund(1_999)], running: [waiting(flow, { context })] })).toEqual([])
    expect(hear({ flow, events: [refund(2_000)], running: [waiting(flow, { context })] })).toHaveLength(1)
    const last = { ...refund(500), props: { refundedMinor: 2_000 } }
    expect(hear({ flow, events: [last], running: [waiting(flow, { context })] })).toHaveLength(1)
  })

  test('1.5 a paused flow still lets people out', () => {
    const flow = flowVersion({ exits: [ordered] })
    const order = event('order_placed', { occurredAt: hours(1) })
    const [left] = hear({ flow, events: [order], running: [waiting(flow, { wakeAt: parkedAt })] })
    expect(left).toMatchObject({ state: 'exited', endReason: 'ordered' })
  })
})

const awaiting: Partial<DefinitionInput> = {
  start: 'shipped',
  steps: {
    shipped: {
      kind: 'wait-for-event',
      type: 'order_fulfilled',
      match: 'subject',
      timeout: { days: 9 },
      onEvent: 'pause',
      onTimeout: 'done',
    },
    pause: { kind: 'wait', duration: { hours: 3 }, since: { event: 'shipped' }, next: 'done' },
    done: { kind: 'end' },
  },
}

test('5.4 the awaited event ends the wait at once, another one of its kind does not', () => {
  const flow = flowVersion(awaiting)
  const running = [waiting(flow, { waitsFor: 'order_fulfilled', wakeAt: hours(99) })]
  const shipped = event('order_fulfilled', { subjects: ['order:o1', 'checkout:k1'], occurredAt: hours(2) })
  const [woken] = hear({ flow, events: [shipped], running, now: hours(4) })
  expect(woken).toMatchObject({ step: 'pause', wakeAt: hours(5), waitsFor: null })
  const another = event('order_fulfilled', { subjects: ['order:o2'], occurredAt: hours(2) })
  expect(hear({ flow, events: [another], running })).toEqual([])
})

describe('7.1 a batch leaves the same enrolments as its events one by one', () => {
  const flow = flowVersion({
    newestOnly: true,
    exits: [ordered, { on: 'cart_emptied', match: 'subject', reason: 'cart_emptied' }],
  })
  const types = ['checkout_started', 'checkout_updated', 'order_placed', 'cart_emptied', 'unsubscribed'] as const
  const anyEvent = fc.record({
    type: fc.constantFrom(...types),
    token: fc.constantFrom('k1', 'k2', 'k3'),
    profile: fc.constantFrom(1, 2),
    minute: fc.integer({ min: -30, max: 30 }),
  })

  const someEvents = fc.array(anyEvent, { minLength: 1, maxLength: 14 })

  test.each(['always', 'never', { afterDays: 1 }] as const)('re-entry %j', (reentry) => {
    const version = { ...flow, definition: { ...flow.definition, reentry } }
    fc.assert(
      fc.property(someEvents, fc.integer({ min: 1, max: 13 }), fc.constantFrom(0.6, 1.1, 2), (drawn, cut, at) => {
        const events = drawn.map(({ type, token, profile, minute }, index) =>
          event(type, {
            id: index + 1,
            profileId: profile as ProfileId,
            subjects: [`checkout:${token}`, `cart:c-${token}`],
            occurredAt: hours(minute / 60),
          }),
        )
        const result = (batches: HeardEvent[][]) => live({ version, events, batches, now: hours(at) })
        const oneByOne = result(events.map((each) => [each]))
        expect(result([events])).toEqual(oneByOne)
        expect(result([events.slice(0, cut), events.slice(cut)])).toEqual(oneByOne)
      }),
      { numRuns: 400 },
    )
  })

  interface Life {
    version: FlowVersion
    events: HeardEvent[]
    batches: HeardEvent[][]
    now: Date
  }

  /** Lets batch after batch react, keeping enrolments as the database would. */
  function live({ version, events, batches, now }: Life) {
    const kept = new Map<string, Enrolment>()
    for (const batch of batches) {
      const all = [...kept.values()]
      const running = all.filter(({ state }) => state === 'active')
      const facts = (candidate: Candidate) => factsAbout(candidate, all, events)
      for (const each of hear({ flow: version, events: batch, running, facts, now }))
        kept.set(`${each.profileId} ${each.subject} ${each.id}`, each)
    }
    const shown = [...kept.values()].map(({ id: _, ...rest }) => JSON.stringify(rest))
    return shown.toSorted()
  }

  function factsAbout(candidate: Candidate, all: Enrolment[], events: HeardEvent[]): AdmissionFacts {
    const ended = all.filter(
      ({ state, profileId, context }) =>
        (state === 'completed' || (state === 'exited' && context.hasSent)) && profileId === candidate.profileId,
    )
    const latest = (some: Enrolment[]) => some.map(({ enteredAt }) => enteredAt).toSorted((a, b) => +b - +a)[0] ?? null
    const isKnownExit = ({ id, type, profileId, subjects, occurredAt }: HeardEvent) =>
      id < candidate.eventId! &&
      profileId === candidate.profileId &&
      occurredAt >= candidate.at &&
      (type === 'order_placed' ||
        type === 'unsubscribed' ||
        (type === 'cart_emptied' && subjects.includes(candidate.subject)))
    return welcomeFacts({
      past: {
        lastEnteredAt: latest(ended),
        subjectEnteredAt: latest(ended.filter(({ subject }) => subject === candidate.subject)),
      },
      exitedBy: events.some(isKnownExit) ? 'known' : null,
    })
  }
})
