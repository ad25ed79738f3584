// A process's way to PostgreSQL in the simulation: every statement is a step, and the process can be cut off at each.
//
// Processes come and go by the thousand, and a real connection costs milliseconds and its plans. So a process is lent
// real connections; when it dies or loses one, the transaction on it is rolled back, as PostgreSQL does when a
// connection ends, and it is lent to somebody else.
import pg from 'pg'
import type { Database } from '#app/platform/database.server.ts'
import { currentTurn, type Process, type Scheduler, type Step } from './scheduler.ts'

export interface GatedDatabase {
  db: Database
  /** Ends every connection, whatever goes on there. */
  cut(): Promise<void>
}

export function gatedDatabase(
  real: Database,
  watcher: Database,
  scheduler: Scheduler,
  process: Process,
): GatedDatabase {
  const open = new Set<Connection>()

  async function connect() {
    const client = await real.pool.connect()
    const connection = gatedConnection({ client, watcher, scheduler, onEnd: () => open.delete(connection) })
    open.add(connection)
    // It may have been killed while it waited for the connection.
    if (process.isDead) await connection.end()
    return connection
  }

  const pool = {
    connect,
    async query(config: Query, values?: unknown[]) {
      const connection = await connect()
      try {
        return await connection.query(config, values)
      } finally {
        connection.release()
      }
    },
    on: () => pool,
  }
  const db: Database = { url: real.url, pool: Object.assign(new pg.Pool(), pool), close: async () => {} }
  return { db, cut: async () => void (await Promise.all([...open].map((connection) => connection.end()))) }
}

type Query = string | { text: string; name?: string; values?: unknown[] }
type Connection = ReturnType<typeof gatedConnection>

interface Statement {
  config: Query
  values?: unknown[]
  resolve(result: pg.QueryResult): void
  reject(error: unknown): void
}

interface Gate {
  client: pg.PoolClient
  watcher: Database
  scheduler: Scheduler
  onEnd(): void
}

/** Statements that are given together travel together, as they do in production: they are one step. */
function gatedConnection({ client, watcher, scheduler, onEnd }: Gate) {
  let isOver = false
  let given: Statement[] = []
  let lastRun: Promise<unknown> = Promise.resolve()
  let isRunning = false

  /** What still waits for somebody's lock ends when it is given, as with a process that was killed. */
  async function end() {
    if (isOver) return
    isOver = true
    onEnd()
    const ended = lastRun.then(() => client.query('rollback')).then(() => client.release())
    if (!isRunning) await ended
  }

  function stepOf(statements: Statement[], turn: Step['turn']): Step {
    let outcomes: PromiseSettledResult<pg.QueryResult>[] = []
    return {
      turn,
      kind: statements.some(({ config }) => config === 'commit') ? 'commit' : 'statements',
      async run() {
        const ran = Promise.allSettled(
          statements.map(({ config, values }) =>
            typeof config === 'string' ? client.query(config, values) : client.query(config),
          ),
        )
        lastRun = ran
        isRunning = true
        outcomes = await ran
        isRunning = false
      },
      answer() {
        for (const [place, { resolve, reject }] of statements.entries()) {
          const outcome = outcomes[place]!
          if (outcome.status === 'fulfilled') resolve(outcome.value)
          else reject(outcome.reason)
        }
      },
      async lose() {
        await end()
        for (const { reject } of statements) reject(connectionLost())
      },
      async isBlocked() {
        const { rows } = await watcher.pool.query('select cardinality(pg_blocking_pids($1)) > 0 as yes', [
          pidOf(client),
        ])
        return rows[0].yes
      },
    }
  }

  return {
    query(config: Query, values?: unknown[]): Promise<pg.QueryResult> {
      const turn = currentTurn()!
      if (isOver) return turn.process.isDead ? new Promise(() => {}) : Promise.reject(connectionLost())
      return new Promise((resolve, reject) => {
        given.push({ config, values, resolve, reject })
        if (given.length > 1) return
        queueMicrotask(() => {
          scheduler.ask(stepOf(given, turn))
          given = []
        })
      })
    },
    release() {
      if (isOver) return
      isOver = true
      onEnd()
      client.release()
    },
    end,
  }
}

const connectionLost = () => Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' })

/** The driver knows its backend's number, and its types don't. */
const pidOf = (client: pg.PoolClient) => ('processID' in client ? client.processID : null)
