// Lets a shop live through a story on a virtual clock: deliveries come in, the flows react, time passes, mails are decided.

import { randomUUID } from 'node:crypto'
import { advanceDue } from '#app/flows/advance-due.server.ts'
import type { DefinitionInput } from '#app/flows/definition.ts'
import { installPresets } from '#app/flows/install-presets.server.ts'
import { nextFlowWakeSql } from '#app/flows/next-wake.server.ts'
import type { PresetKey } from '#app/flows/presets/registry.ts'
import { publishFlow } from '#app/flows/publish-flow.server.ts'
import { reactToEvents } from '#app/flows/react.server.ts'
import { absorb } from '#app/jobs/absorb.server.ts'
import { type FlowId, flowId, type ShopId } from '#app/lib/ids.ts'
import { type Database, type SystemTx, withShop, withSystem } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'
import { deliver, type Said } from './observations.ts'
import { insertRows } from './rows.ts'
import { buildShop, type ShopOptions } from './shop.ts'

export interface Story {
  shopId: ShopId
  /** Delivers what is said, half a minute after it happened, in one pass. The time until then passes first. */
  tell(...told: Said[]): Promise<void>
  /** Lets time pass: each wake up to `at` gets its own pass, at its own moment. */
  until(at: Date): Promise<void>
  mails(): Promise<{ mail: string; at: Date }[]>
  enrolments(): Promise<{ flow: string; subject: string; state: string; step: string; reason: string | null }[]>
  flow(key: PresetKey): Promise<FlowId>
}

/** A shop with all the flows that Tern brings along, those of `live` published. */
export async function beginStory(db: Database, live: PresetKey[], options: ShopOptions = {}): Promise<Story> {
  const shopId = await buildShop(db, options)
  const begin = new Date('2026-05-01T00:00:00Z')
  await withShop(db, shopId, (tx) => installPresets(tx, shopId, begin))
  const flow = async (key: PresetKey) => {
    const { rows } = await db.pool.query('select id from flow where shop_id = $1 and key = $2', [shopId, key])
    return flowId(rows[0].id)
  }
  for (const key of live) {
    const id = await flow(key)
    const published = await withShop(db, shopId, (tx) => publishFlow(tx, shopId, id, 'keep', begin))
    if (!published.ok) throw new Error(JSON.stringify(published.problems))
  }
  const directory = createShopDirectory(db)
  const deps = { directory, pepper: 'pepper', applyMessageFacts: async () => [], log: silentLog }
  return {
    shopId,
    flow,
    async tell(...told) {
      const now = new Date(Math.max(...told.map(({ at, receivedAt }) => (receivedAt ?? reached(at)).getTime())))
      await passTime(db, shopId, new Date(now.getTime() - 1))
      await withSystem(db, async (tx) => {
        const absorbed = await absorb(tx, await deliver(tx, shopId, told), now, deps)
        if (absorbed.setAside > 0) throw new Error('a delivery of the story is unreadable')
        await reactToEvents(tx, absorbed.events, now)
        await advanceDue(tx, [shopId], 100, now)
      })
    },
    until: (at) => passTime(db, shopId, at),
    mails: () => withSystem(db, (tx) => mailsOf(tx, shopId)),
    enrolments: () => withSystem(db, (tx) => enrolmentsOf(tx, shopId)),
  }
}

/** As `deliver` has it. */
const reached = (at: Date) => new Date(at.getTime() + 30_000)

/** Publishes a flow of the story's own; `definition` gets the id of a saved template. */
export async function addFlow(
  db: Database,
  shopId: ShopId,
  key: string,
  definition: (template: string) => DefinitionInput,
): Promise<FlowId> {
  const at = new Date('2026-05-01T00:00:00Z')
  const template = randomUUID()
  await insertRows(db, 'message_template', [{ shop_id: shopId, id: template, source: {}, compiled: {}, proved_at: at }])
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into flow (shop_id, key, name, priority, draft, created_at, updated_at) values ($1, $2, $2, 50, $3, $4, $4)
     returning id`,
    [shopId, key, JSON.stringify(definition(template)), at],
  )
  const id = flowId(rows[0]!.id)
  const published = await withShop(db, shopId, (tx) => publishFlow(tx, shopId, id, 'keep', at))
  if (!published.ok) throw new Error(JSON.stringify(published.problems))
  return id
}

async function passTime(db: Database, shopId: ShopId, at: Date) {
  for (;;) {
    const { rows } = await db.pool.query<{ wake: Date | null }>(`select ${nextFlowWakeSql(`${shopId}`)} as wake`)
    const wake = rows[0]!.wake
    if (!wake || wake > at) return
    await withSystem(db, (tx) => advanceDue(tx, [shopId], 100, wake))
  }
}

const mailsOf = (tx: SystemTx, shopId: ShopId) =>
  tx.rows<{ mail: string; at: Date }>(
    `select step as mail, due_at as at from message where shop_id = $1 order by due_at, step`,
    [shopId],
  )

const enrolmentsOf = (tx: SystemTx, shopId: ShopId) =>
  tx.rows<{ flow: string; subject: string; state: string; step: string; reason: string | null }>(
    `select f.key as flow, e.subject, e.state, e.step, e.end_reason as reason
     from enrolment e join flow f on f.shop_id = e.shop_id and f.id = e.flow_id
     where e.shop_id = $1 order by e.id`,
    [shopId],
  )
