// The way into PostgreSQL: a pool, and units of work that see one shop or, for the machine paths, every shop.
import pg from 'pg'
import type { ShopId } from '#app/lib/ids.ts'

/** int8 as a number: ids, counts and minor units all stay below 2^53. */
const parseInt8 = (text: string) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`integer beyond 2^53 in the database: ${text}`)
  return value
}
const parsers = new Map<number, (text: string) => unknown>([[pg.types.builtins.INT8, parseInt8]])
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

export interface Database {
  readonly url: string
  readonly pool: pg.Pool
  close(): Promise<void>
}

/**
 * A transaction. `rows` runs one statement and returns its rows; nothing else can be done with it. Statements run in the
 * order in which they were given, also when one is not awaited before the next.
 */
export interface Tx {
  rows<Row extends object = Record<string, never>>(sql: string, values?: unknown[]): Promise<Row[]>
}

/** A transaction that sees one shop (row-level security). */
export type ShopTx = Tx & { readonly shopId: ShopId }
/** A transaction that sees every shop: each statement names its shop_id itself. */
export type SystemTx = Tx & { readonly system: true }

/**
 * Settings of every session. A plan made for an array that happens to hold one row costs more to make than it saves,
 * and it would be made anew each time: PostgreSQL thinks that it is the cheaper one.
 */
const sessionSettings = {
  idle_in_transaction_session_timeout: '30s',
  jit: 'off',
  plan_cache_mode: 'force_generic_plan',
  // What is looked up by key is in memory: an index costs little, also where a plan expects more rows than come.
  random_page_cost: '1.1',
}

/**
 * Opens a pool of `max` connections. `options` are settings of each session, like `{ synchronous_commit: 'off' }`.
 * With `pgbouncer=true` in the address it can go through a pooler in transaction mode: then nothing is kept in a session,
 * neither statements nor settings (docs/operations.md says where these go instead).
 */
export function openDatabase(url: string, max = 10, options: Record<string, string> = {}): Database {
  const isPooled = new URL(url).searchParams.get('pgbouncer') === 'true'
  const settings = Object.entries({ ...sessionSettings, ...options }).map(([name, value]) => `-c ${name}=${value}`)
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    // Statements that are not awaited one by one travel together.
    pipeline: true,
    ...(isPooled ? { Client: UnnamedClient } : { options: settings.join(' ') }),
  })
  // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  return { url, pool, close: () => pool.end() }
}

/** Sends each statement whole: behind a pooler, the next one may reach a session that has never heard of its name. */
class UnnamedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    const query = this.query.bind(this) as (...given: unknown[]) => unknown
    this.query = ((first: unknown, ...rest: unknown[]) => query(withoutName(first), ...rest)) as typeof this.query
  }
}

function withoutName(given: unknown): unknown {
  if (typeof given === 'object' && given !== null && 'name' in given && 'text' in given) {
    const { name: _, ...rest } = given
    return rest
  }
  return given
}

/** Runs `work` in a transaction that can see and change nothing but `shopId`'s rows. Rolls back when it throws. */
export function withShop<Result>(db: Database, shopId: ShopId, work: (tx: ShopTx) => Promise<Result>): Promise<Result> {
  const begin = `begin; set local role tern_shop; set local plan_cache_mode = auto; set local app.shop_id = '${Number(shopId)}'`
  return inTransaction(db, begin, (client) => work({ shopId, ...statementsOf(client) }))
}

/**
 * Runs `work` in a transaction across shops, for workers and intake. Rolls back when it throws. It looks things up by
 * key; so that a plan made while a table was small does not read all of it when it has grown, none reads whole tables.
 */
export function withSystem<Result>(db: Database, work: (tx: SystemTx) => Promise<Result>): Promise<Result> {
  return inTransaction(db, 'begin; set local role tern_system; set local enable_seqscan = off', (client) =>
    work({ system: true, ...statementsOf(client) }),
  )
}

async function inTransaction<Result>(db: Database, begin: string, work: (client: pg.PoolClient) => Promise<Result>) {
  const client = await db.pool.connect()
  let broken: Error | undefined
  // Not awaited: the first statement travels with it, and fails when it has failed.
  const begun = client.query(begin)
  begun.catch(() => {})
  try {
    const result = await work(client)
    await begun
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((cause: Error) => {
      broken = cause
    })
    throw error
  } finally {
    client.release(broken)
  }
}

function statementsOf(client: pg.PoolClient): Tx {
  return {
    async rows<Row extends object>(sql: string, values: unknown[] = []) {
      // Named by its text, a statement is planned once per connection.
      const result = await client.query<Row & pg.QueryResultRow>({ name: statementName(sql), text: sql, values })
      return result.rows
    },
  }
}

const names = new Map<string, string>()

function statementName(sql: string) {
  let name = names.get(sql)
  if (!name) {
    name = `s${names.size}`
    names.set(sql, name)
  }
  return name
}
