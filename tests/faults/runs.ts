// The two runs that a kill test compares: one in which workers are killed, one that nothing disturbs.
import { setTimeout as delay } from 'node:timers/promises'
import { virtualClock } from '#app/platform/clock.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import { randomFor } from '#sandbox/lib/random.ts'
import type { Fault, SendGridEvent } from '#sandbox/sendgrid/model.ts'
import { runUntil } from './by-hand.ts'
import { watchStates } from './doubts.ts'
import { behindMs, unfinished } from './invariants.ts'
import { openStage, type Stage } from './stage.ts'
import { type StoppingClock, stoppingClock } from './stopping-clock.ts'
import { tellStory } from './story.ts'
import { teller } from './teller.ts'
import { createWorkerKiller } from './worker-killer.ts'

/** An hour passes in a second, as long as the workers keep up: how fast the machine is must not decide a test. */
const usualRate = 3600
const rateWhenBehind = 2
const longestBehindMs = 2 * 3_600_000
const leastKills = 50
const idleWithinMs = 20_000

export interface RunOptions {
  db: Database
  seed: string
  startAt: Date
  /** Where time stands still: long enough for every mail that the story leads to. */
  until: Date
}

export interface KilledRun {
  stage: Stage
  kills: number
  /** How often the workers logged each event. */
  logged: Record<string, number>
  /** Different deliveries that the web server has accepted, by source. */
  accepted: Record<string, number>
}

/** Kills workers while the story is told, and lets the rest of it happen by hand. */
export async function runUnderKills({ db, seed, startAt, until }: RunOptions): Promise<KilledRun> {
  const story = await tellStory(seed, startAt)
  const clock = stoppingClock(startAt)
  const sendgrid = troubledSendGrid(seed)
  const stage = await openStage({ db, clock, store: story.store, until, sendgrid })
  await watchStates(db)
  const { introduce, tell, accepted } = teller(stage, story, seed)
  await introduce()
  stage.sendgrid.startDelivering()
  const rate = async () => ((await behindMs(db, clock.now())) > longestBehindMs ? rateWhenBehind : usualRate)
  const killer = createWorkerKiller({ variables: stage.variables, clock, rate, random: randomFor(seed, 'kills') })
  try {
    const enough = new AbortController()
    const telling = tell((moment) => untilShown(clock, moment, enough.signal))
    await killer.killUntil(() => killer.kills() >= leastKills)
    enough.abort()
    await telling
    await killer.letLastLive(() => untilIdle(stage))
    const byHand = virtualClock(clock.now())
    clock.follow(byHand)
    await tell((moment) => runUntil(stage, byHand, moment))
    await runUntil(stage, byHand, until)
    return {
      stage,
      kills: killer.kills(),
      logged: killer.logged(),
      accepted: { shopify: accepted(), sendgrid: sendgrid.events.size },
    }
  } finally {
    await killer.close()
  }
}

/** The same story, with everything done at its own time. */
export async function runUndisturbed({ db, seed, startAt, until }: RunOptions): Promise<Stage> {
  const story = await tellStory(seed, startAt)
  const clock = virtualClock(startAt)
  const stage = await openStage({ db, clock, store: story.store, until })
  const { introduce, tell } = teller(stage, story, seed)
  await introduce()
  await tell((moment) => runUntil(stage, clock, moment))
  await runUntil(stage, clock, until)
  return stage
}

/** Remembers every event that it reports, and reports some twice. */
function troubledSendGrid(seed: string) {
  const random = randomFor(seed, 'sendgrid')
  const events = new Set<string>()
  return {
    events,
    faults: () => faultBy(random()),
    eventFaults(n: number, batch: readonly SendGridEvent[]) {
      for (const event of batch) events.add(event.sg_event_id)
      return n % 10 === 0 ? ('duplicate' as const) : ('ok' as const)
    },
  }
}

/** Most calls take a while, so that kills hit them; some fail, some lose their answer. */
function faultBy(n: number): Fault {
  if (n < 0.02) return 'accept-then-drop-connection'
  if (n < 0.03) return 'drop-connection'
  if (n < 0.05) return { status: 503 }
  return n < 0.1 ? 'ok' : { delayMs: 200 + Math.round(n * 400) }
}

/** False when the moment did not come before `signal`. */
async function untilShown(clock: StoppingClock, moment: Date, signal: AbortSignal): Promise<boolean> {
  while (clock.now() < moment && !signal.aborted) await delay(5)
  return !signal.aborted
}

async function untilIdle({ db, clock }: Stage) {
  const deadline = performance.now() + idleWithinMs
  for (;;) {
    const left = await unfinished(db, clock.now())
    if (Object.values(left).every((count) => count === 0)) return
    if (performance.now() > deadline) throw new Error(`the last worker left undone: ${JSON.stringify(left)}`)
    await delay(100)
  }
}
