// What the database's state says of Tern's health, read when Prometheus asks. Every process answers the same numbers.
import { Gauge, type Registry } from 'prom-client'
import type { Clock } from '#app/platform/clock.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import { readState, type State } from './read-state.server.ts'

interface GaugeDefinition {
  help: string
  labels?: readonly string[]
  /** Values with their labels. */
  read(state: State): readonly { labels?: Record<string, string>; value: number }[]
}

const byLane =
  (pick: (lane: State['lanes'][number]) => number): GaugeDefinition['read'] =>
  ({ lanes }) =>
    lanes.map((lane) => ({ labels: { lane: lane.lane }, value: pick(lane) }))
const one =
  (pick: (state: State) => number): GaugeDefinition['read'] =>
  (state) => [{ value: pick(state) }]

/** The table of gauges: a new one is a line here and a column of `readState`. */
export const stateGauges = {
  tern_lane_overdue_seconds: {
    help: 'How long the most overdue shop has been waiting for its turn',
    labels: ['lane'],
    read: byLane(({ overdueSeconds }) => overdueSeconds),
  },
  tern_lanes_due: { help: 'Shops that wait for their turn', labels: ['lane'], read: byLane(({ due }) => due) },
  tern_inbox_rows: {
    help: 'Deliveries not worked off, as PostgreSQL estimates',
    read: one(({ inboxRows }) => inboxRows),
  },
  tern_inbox_set_aside: { help: 'Deliveries that could not be worked off', read: one(({ setAside }) => setAside) },
  tern_jobs_waiting_seconds: {
    help: 'Age of the oldest background job that is due',
    read: one(({ jobsWaiting }) => jobsWaiting),
  },
  tern_jobs_dead: { help: 'Background jobs that failed for good', read: one(({ jobsDead }) => jobsDead) },
  tern_privacy_requests_open_seconds: {
    help: 'Age of the oldest privacy request without an answer; the law gives thirty days',
    read: one(({ privacyWaiting }) => privacyWaiting),
  },
  tern_shops: { help: 'Shops that have Tern installed', read: one(({ shops }) => shops) },
} satisfies Record<string, GaugeDefinition>

/** Scrapes that come closer than this share one look. */
const freshMs = 5_000

/** Registers the gauges. A database that does not answer leaves them as they were, and says so in `tern_database_up`. */
export function registerStateGauges(registry: Registry, db: Database, clock: Clock): void {
  const look = sharedLook(db, clock)
  for (const [name, definition] of Object.entries<GaugeDefinition>(stateGauges)) {
    const labelNames = [...(definition.labels ?? [])]
    new Gauge({
      name,
      help: definition.help,
      labelNames,
      registers: [registry],
      async collect() {
        const state = await look()
        if (!state) return
        this.reset()
        for (const { labels, value } of definition.read(state)) this.set(labels ?? {}, value)
      },
    })
  }
  new Gauge({
    name: 'tern_database_up',
    help: '1 when PostgreSQL answers',
    registers: [registry],
    async collect() {
      this.set((await look()) ? 1 : 0)
    },
  })
  new Gauge({
    name: 'tern_database_connections',
    help: "This process's connections, and who waits for one",
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { totalCount, idleCount, waitingCount } = db.pool
      this.set({ state: 'used' }, totalCount - idleCount)
      this.set({ state: 'idle' }, idleCount)
      this.set({ state: 'waiting' }, waitingCount)
    },
  })
}

function sharedLook(db: Database, clock: Clock): () => Promise<State | null> {
  let last: { atMs: number; state: Promise<State | null> } | undefined
  return () => {
    const atMs = performance.now()
    if (!last || atMs - last.atMs > freshMs) last = { atMs, state: readState(db, clock.now()).catch(() => null) }
    return last.state
  }
}
