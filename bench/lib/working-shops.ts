// Many shops with live flows, and the worker's passes over them as the product runs them, on a clock moved by hand.
import { randomUUID } from 'node:crypto'
import type { DefinitionInput } from '#app/flows/definition.ts'
import { installPresets } from '#app/flows/install-presets.server.ts'
import { publishFlow } from '#app/flows/publish-flow.server.ts'
import type { WorkDeps } from '#app/jobs/work-lane.server.ts'
import { workDue } from '#app/jobs/work-lane.server.ts'
import { createWorkParts } from '#app/jobs/work-parts.server.ts'
import { type FlowId, type ShopId, shopId } from '#app/lib/ids.ts'
import type { Clock } from '#app/platform/clock.server.ts'
import { type Database, withShop } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'
import { addFlow } from '#tests/builders/flow-story.ts'
import { buildShop } from '#tests/builders/shop.ts'

/** What a worker is made of, but for the jobs beside the work lane, which these benchmarks don't need. */
export function createBenchWorker(db: Database, clock: Clock): WorkDeps {
  const directory = createShopDirectory(db)
  const absorbing = { directory, pepper: 'pepper', applyMessageFacts: async () => [], log: silentLog }
  return { db, clock, log: silentLog, leaseMs: 60_000, ...createWorkParts(absorbing, async () => {}) }
}

/** Works until nothing is due, with so many loops at once; returns how long each pass took. */
export async function workEverything(deps: WorkDeps, loops: number, limit?: number): Promise<number[]> {
  const latenciesMs: number[] = []
  const loop = async () => {
    for (let idle = 0; idle < 3; ) {
      const beganMs = performance.now()
      const worked = await workDue(deps, limit)
      if (worked === 0) idle += 1
      else latenciesMs.push(performance.now() - beganMs)
    }
  }
  await Promise.all(Array.from({ length: loops }, loop))
  return latenciesMs
}

/** A shop whose flows are all live: those that Tern brings along. */
export async function buildShopWithPresets(db: Database, now: Date): Promise<ShopId> {
  const shop = await buildShop(db, { installedAt: now })
  await withShop(db, shop, (tx) => installPresets(tx, shop, now))
  const { rows } = await db.pool.query<{ id: FlowId }>('select id from flow where shop_id = $1 order by id', [shop])
  for (const { id } of rows) await withShop(db, shop, (tx) => publishFlow(tx, shop, id, 'keep', now))
  return shop
}

/** A shop with one flow, live. */
export async function buildShopWithFlow(db: Database, define: (template: string) => DefinitionInput): Promise<ShopId> {
  const shop = await buildShop(db)
  await addFlow(db, shop, 'bench', define)
  return shop
}

/** `count` more shops with the flows of `model`, copied row by row. */
export async function copyShop(db: Database, model: ShopId, count: number): Promise<ShopId[]> {
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into shop (public_id, domain, name, currency, timezone, url, installed_at)
     select c.public_id, c.public_id || '.myshopify.com', s.name, s.currency, s.timezone, s.url, s.installed_at
     from shop s, unnest($2::uuid[]) as c (public_id) where s.id = $1 returning id`,
    [model, Array.from({ length: count }, () => randomUUID())],
  )
  const ids = rows.map(({ id }) => shopId(id))
  const copies: Record<string, string> = {
    shop_lane: 'lane, next_due_at',
    message_template: 'id, source, compiled, proved_at',
    flow: 'id, key, name, state, priority, draft, live_version, created_at, updated_at',
    flow_version: 'flow_id, version, definition, published_at',
  }
  for (const [table, columns] of Object.entries(copies))
    await db.pool.query(
      `insert into ${table} (shop_id, ${columns})
       select c.id, ${columns.replace(/^id,/, 'm.id,')} from ${table} m, unnest($2::int[]) as c (id) where m.shop_id = $1`,
      [model, ids],
    )
  return ids
}

/** Lets so many enrolments wait for a far day, spread over `shops`: none of them is due. */
export async function fillWaiting(db: Database, shops: readonly ShopId[], count: number, now: Date): Promise<void> {
  if (count === 0) return
  await db.pool.query(
    `with person as (
       insert into profile (shop_id, created_at) select id, $2 from unnest($1::int[]) as s (id) returning shop_id, id
     ),
     model as (
       select distinct on (p.shop_id) p.shop_id, p.id as profile_id, f.id as flow_id, f.live_version,
         v.definition->>'start' as step
       from person p join flow f on f.shop_id = p.shop_id
       join flow_version v on v.shop_id = f.shop_id and v.flow_id = f.id and v.version = f.live_version
       order by p.shop_id, f.id
     )
     insert into enrolment (shop_id, flow_id, version, profile_id, subject, step, wake_at, context, entered_at)
     select m.shop_id, m.flow_id, m.live_version, m.profile_id, 'checkout:waiting-' || n, m.step,
       $2::timestamptz + interval '400 days' + n * interval '1 second',
       jsonb_build_object('triggeredAt', $2::timestamptz, 'reachedAt', $2::timestamptz), $2
     from model m, generate_series(1, $3::int) n`,
    [shops, now, Math.ceil(count / shops.length)],
  )
}
