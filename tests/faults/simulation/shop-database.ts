// One database for a thousand simulated shops' lives: after each, the shop is as it was when it had just opened.

import type { ShopId } from '#app/lib/ids.ts'
import { type VirtualClock, virtualClock } from '#app/platform/clock.server.ts'
import { type Database, openDatabase } from '#app/platform/database.server.ts'
import { readEnv } from '#app/platform/env.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { ensurePartitions } from '#app/platform/partitions.server.ts'
import { composeTern, type Tern } from '#app/server/compose.server.ts'
import { replayedShop } from '#sandbox/replay/replayed-shop.ts'
import { openShop } from '#sandbox/replay/world.ts'
import { createStore } from '#sandbox/store/create-store.ts'
import { eventPublicKey } from './sendgrid.ts'

export const startAt = new Date('2026-06-01T08:00:00Z')
export const horizonMs = 30 * 3_600_000
export const appSecret = 'simulation-client-secret-0123456789'
export const domain = replayedShop.domain

export const env = readEnv({
  SHOPIFY_API_KEY: 'simulation-client-id',
  SHOPIFY_API_SECRET: appSecret,
  SHOPIFY_APP_URL: 'https://tern.example',
  SENDGRID_API_KEY: 'SG.simulated',
  SENDGRID_WEBHOOK_PUBLIC_KEY: eventPublicKey,
  ENCRYPTION_KEY: Buffer.alloc(32, 'simulation').toString('base64'),
})

export interface ShopDatabase {
  /** For simulated processes, and what watches them. */
  real: Database
  watcher: Database
  /** Not disturbed by anything: for what is not simulated. */
  tern: Tern
  shopId: ShopId
  /** Makes everything as it was at the beginning, and returns the clock that goes with it. */
  reset(): Promise<VirtualClock>
  /** Leases count in the database's time: this is what it reads from now on. */
  tellTime(now: Date): Promise<void>
  close(): Promise<void>
}

/** Prepares an empty, migrated database. */
export async function prepareShop(url: string): Promise<ShopDatabase> {
  const watcher = openDatabase(url, 4)
  await watcher.pool.query(simulatedTimeSql)
  const real = openDatabase(url, 60, { search_path: 'public,pg_catalog', deadlock_timeout: '20ms' })
  let clock = virtualClock(startAt)
  const now = { now: () => clock.now(), sleep: () => new Promise<void>(() => {}) }
  const tern = composeTern({ env, db: real, clock: now, log: silentLog, isWorker: false })
  await tern.queue.start()
  await ensurePartitions(
    watcher,
    [0, 1, 2, 3].map((day) => new Date(startAt.getTime() + day * 86_400_000)),
  )
  const shopId = await openShop(tern, createStore(replayedShop))
  const { rows } = await watcher.pool.query<{ sql: string }>(rememberSql)
  for (const { sql } of rows) await watcher.pool.query(sql)
  const restore = (await watcher.pool.query<{ sql: string }>(restoreSql)).rows[0]!.sql
  return {
    real,
    watcher,
    tern,
    shopId,
    async reset() {
      await watcher.pool.query(restore)
      tern.directory.forget(domain)
      clock = virtualClock(startAt)
      return clock
    },
    tellTime: async (at) => void (await watcher.pool.query('update simulated_time set at = $1', [at])),
    async close() {
      await tern.queue.stop(1_000)
      tern.close()
      await Promise.all([real.close(), watcher.close()])
    },
  }
}

/** Stands before PostgreSQL's own function on the path of the simulated processes' sessions. */
const simulatedTimeSql = `
  create table simulated_time (at timestamptz not null);
  insert into simulated_time values ('${startAt.toISOString()}');
  create function public.clock_timestamp() returns timestamptz language sql volatile security definer
    as 'select at from public.simulated_time'`

/** Copies of what there is at the beginning: whatever tables there are. */
const rememberSql = `
  select format('create schema if not exists remembered; create table remembered.%1$I as table public.%1$I', c.relname) as sql
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname not in ('simulated_time', '_prisma_migrations')`

/** What is computed from a row's other columns comes by itself. */
const restoreSql = `
  with remembered as (
    select c.relname as name, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = format('public.%I', c.relname)::regclass
    where c.relnamespace = 'remembered'::regnamespace and c.relkind = 'r'
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by 1
  )
  select 'begin; set local session_replication_role = replica; delete from pgboss.job;'
    || (select string_agg(format('delete from public.%1$I; insert into public.%1$I (%2$s) select %2$s from remembered.%1$I;', name, columns), '')
        from remembered)
    || (select string_agg(format('select setval(%L, %s, true);', format('public.%I', sequencename), coalesce(last_value, 1) + 1), '')
        from pg_sequences where schemaname = 'public')
    || 'commit' as sql`
