// Adds a flow to a shop by a merchant's wish: a fresh copy of a preset, or one with nothing but a wait.
import { z } from 'zod'
import { type FlowId, flowId, type ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import type { DefinitionInput } from './definition.ts'
import { draftOf } from './install-presets.server.ts'
import { type PresetKey, presets } from './presets/registry.ts'

/** A flow that sends nothing yet, for a merchant to fill. */
const blank: DefinitionInput = {
  trigger: { kind: 'checkout-started' },
  entry: null,
  filter: null,
  reentry: 'always',
  exits: [{ on: 'order_placed', match: 'profile', reason: 'ordered' }],
  start: 'wait',
  steps: { wait: { kind: 'wait', duration: { hours: 1 }, next: 'end' }, end: { kind: 'end' } },
}

/** As a draft. Its key is free: the preset's own, or with a number. */
export async function addFlow(
  tx: Tx,
  shopId: ShopId,
  { preset, name }: { preset: PresetKey | null; name: string },
  now: Date,
): Promise<FlowId> {
  const definition = preset ? await draftOf(tx, shopId, { preset: presets[preset], now }) : blank
  const [row] = await tx.rows(
    `with taken as (select key from flow where shop_id = $1),
     free as (
       select case when n = 1 then $2 else $2 || '-' || n end as key from generate_series(1, 1000) n
       where case when n = 1 then $2 else $2 || '-' || n end not in (select key from taken) order by n limit 1
     )
     insert into flow (shop_id, key, name, priority, draft, created_at, updated_at)
     select $1, key, $3, $4, $5, $6, $6 from free returning id`,
    [shopId, preset ?? 'flow', name, preset ? presets[preset].priority : 50, JSON.stringify(definition), now],
  )
  return rowSchema.parse(row).id
}

const rowSchema = z.object({ id: z.int().transform(flowId) })
