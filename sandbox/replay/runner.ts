// Lets virtual time pass: at each tick the worker comes by, as a real one does, and finds what is due by then.
import type { VirtualClock } from '#app/platform/clock.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import { ensurePartitions } from '#app/platform/partitions.server.ts'
import type { Tern } from '#app/server/compose.server.ts'
import type { Happening } from '#sandbox/history/shop-life.ts'
import type { SendGridStandIn } from '#sandbox/sendgrid/stand-in.ts'
import { customersDue, type Due, readDue } from './due.ts'

export interface RunnerDeps {
  db: Database
  tern: Pick<Tern, 'workDue' | 'deliverDue'>
  clock: VirtualClock
  sendgrid: Pick<SendGridStandIn, 'nextEventAt' | 'deliverDueEvents'>
  /** The time between two ticks; with 1 the worker does each thing at its very moment. */
  tickMs: number
  /** Resolves when all that has been told so far has arrived. */
  allTold(): Promise<void>
}

export interface Runner {
  /** Lets time pass until the given moment. */
  runUntil(moment: Date): Promise<void>
  /**
   * Lets time pass until just before `happening`. Ticks are too far apart for somebody who acts again after mail to
   * them has come due, or after subscribing, which is answered at once: then the worker comes by in between.
   */
  runTo(happening: Happening): Promise<void>
}

export function createRunner({ db, tern, clock, sendgrid, tickMs, allTold }: RunnerDeps): Runner {
  const moveTo = createMove(db, clock)
  const isPast = (moment: Date | null) => moment !== null && moment <= clock.now()
  let known: Due = { work: null, send: null }
  /** When something is due for whom, as far as `untilMs`. */
  let expected: { untilMs: number; byCustomer: ReadonlyMap<string, Date> } = { untilMs: 0, byCustomer: new Map() }
  /** Who has subscribed since the last tick, and when. */
  const subscribed = new Map<string, Date>()

  const tickAfter = (moment: Date) => Math.ceil(moment.getTime() / tickMs) * tickMs

  /** SendGrid reports what happened since the last tick in one batch; then the lanes are worked until all is quiet. */
  async function tick() {
    await allTold()
    subscribed.clear()
    expected = { untilMs: 0, byCustomer: new Map() }
    for (;;) {
      const hasNews = isPast(sendgrid.nextEventAt())
      if (hasNews) await sendgrid.deliverDueEvents()
      if (hasNews || isPast(known.work)) await tern.workDue()
      else if (isPast(known.send)) await tern.deliverDue()
      else return
      known = await readDue(db)
    }
  }

  async function runUntil(until: Date) {
    for (;;) {
      const next = earliest([known.work, known.send, sendgrid.nextEventAt()])
      const tickAt = next && new Date(tickAfter(next))
      if (!tickAt || tickAt > until) return moveTo(until)
      await moveTo(tickAt)
      await tick()
    }
  }

  async function isExpected(customerId: string, at: Date) {
    const before = (moment: Date | undefined) => moment !== undefined && moment < at
    if (before(subscribed.get(customerId))) return true
    if (at.getTime() > expected.untilMs) {
      const untilMs = tickAfter(at)
      expected = { untilMs, byCustomer: await customersDue(db, new Date(untilMs)) }
    }
    return before(expected.byCustomer.get(customerId))
  }

  return {
    async runUntil(moment) {
      await runUntil(moment)
      await tick()
    },
    async runTo({ at, topic, customerId }) {
      if (at > clock.now()) await runUntil(at)
      if (tickMs > 1 && customerId !== null && (await isExpected(customerId, at))) await tick()
      known.work = earliest([known.work, at])
      if (customerId !== null && topic === 'customers_email_marketing_consent/update') subscribed.set(customerId, at)
    },
  }
}

/** Moves the clock, and does upkeep that a real worker does by real time. */
function createMove(db: Database, clock: VirtualClock) {
  const startedMs = clock.now().getTime()
  let partitionsUntil = new Date(0)
  let analyzedMs = 0
  return async (moment: Date) => {
    if (moment > clock.now()) clock.advanceTo(moment)
    if (clock.now() < partitionsUntil) return
    partitionsUntil = new Date(clock.now().getTime() + 20 * 3_600_000)
    await ensurePartitions(db, [clock.now(), partitionsUntil])
    const livedMs = clock.now().getTime() - startedMs
    if (livedMs < 4 * analyzedMs) return
    // A shop that grows by months in minutes outruns autovacuum, and plans made for empty tables would stay.
    await db.pool.query('analyze')
    analyzedMs = livedMs
  }
}

const earliest = (moments: readonly (Date | null)[]) => moments.reduce((a, b) => (!a || (b && b < a) ? b : a), null)
