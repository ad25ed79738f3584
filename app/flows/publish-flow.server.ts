// Makes a draft the version that new people enter, and does with those on their way what the merchant chose.
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { FlowId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { wakeLanes } from '#app/platform/lanes.server.ts'
import { armKnownAbsences, dropTimers } from './absence-timers.server.ts'
import { type Definition, readDefinition } from './definition.ts'
import { parkedAt } from './enrolment.ts'
import { templatesOf } from './flow-version.ts'
import { selectTemplates } from './flow-versions.server.ts'
import type { Problem } from './step-problems.ts'
import { kindOfTrigger } from './triggers/registry.ts'

/** `keep`: they go on with the version they began with. `move`: with the new one. `leave`: they leave the flow. */
export type Waiting = 'keep' | 'move' | 'leave'

export type Published = { ok: true; version: number } | { ok: false; problems: Problem[] }

/** Publishing a draft that is live already makes no new version, but takes a paused flow live again. */
export async function publishFlow(
  tx: Tx,
  shopId: ShopId,
  flowId: FlowId,
  waiting: Waiting,
  now: Date,
): Promise<Published> {
  const flow = await lockFlow(tx, shopId, flowId)
  if (!flow) return { ok: false, problems: [{ step: null, field: '', message: 'this flow does not exist' }] }
  const read = readDefinition(flow.draft)
  if (!read.ok) return read
  const { definition } = read
  const problems = await templateProblems(tx, shopId, definition)
  if (problems.length > 0) return { ok: false, problems }

  const live = readDefinition(flow.liveDefinition)
  const isLiveAlready = live.ok && isDeepStrictEqual(live.definition, definition)
  const version = isLiveAlready ? flow.liveVersion : flow.liveVersion + 1
  if (!isLiveAlready) {
    await insertVersion(tx, { shopId, flowId, version, now }, definition)
    if (waiting === 'leave') await takeEverybodyOut(tx, shopId, flowId, now)
    if (waiting === 'move') await moveEverybody(tx, { shopId, flowId, version, now }, definition)
  }
  if (!isLiveAlready || flow.state !== 'live') await goLive(tx, { shopId, flowId, version, now }, definition)
  return { ok: true, version }
}

/** Sets the flow live, wakes those who were parked, and sets the timers of those whose absence is still to come. */
export async function goLive(tx: Tx, { shopId, flowId, version, now }: NewVersion, definition: Definition) {
  await tx.rows(`update flow set state = 'live', live_version = $3, updated_at = $4 where shop_id = $1 and id = $2`, [
    shopId,
    flowId,
    version,
    now,
  ])
  await tx.rows(
    `update enrolment set wake_at = $3, revision = revision + 1
     where shop_id = $1 and flow_id = $2 and state = 'active' and wake_at >= $4`,
    [shopId, flowId, now, parkedAt],
  )
  await dropTimers(tx, shopId, flowId)
  const kind = kindOfTrigger(definition.trigger)
  if (kind.begins === 'by-absence') {
    const { days = 0 } = kind.length(definition.trigger)
    await armKnownAbsences(tx, { shopId, flowId, days }, now)
  }
  await wakeLanes(tx, 'work', [{ shopId, dueAt: now }])
}

interface NewVersion {
  shopId: ShopId
  flowId: FlowId
  version: number
  now: Date
}

const flowRowSchema = z.object({
  state: z.enum(['draft', 'live', 'paused']),
  draft: z.unknown(),
  live_version: z.int().nullable(),
  live_definition: z.unknown(),
})

async function lockFlow(tx: Tx, shopId: ShopId, flowId: FlowId) {
  const [row] = await tx.rows(
    `select f.state, f.draft, f.live_version, v.definition as live_definition
     from flow f left join flow_version v on v.shop_id = f.shop_id and v.flow_id = f.id and v.version = f.live_version
     where f.shop_id = $1 and f.id = $2 for update of f`,
    [shopId, flowId],
  )
  if (!row) return null
  const { state, draft, live_version, live_definition } = flowRowSchema.parse(row)
  return { state, draft, liveVersion: live_version ?? 0, liveDefinition: live_definition }
}

async function templateProblems(tx: Tx, shopId: ShopId, definition: Definition): Promise<Problem[]> {
  const templates = await selectTemplates(
    tx,
    templatesOf(definition).map((id) => ({ shopId, id })),
  )
  return Object.entries(definition.steps).flatMap(([step, each]) =>
    each.kind === 'send-email' && !templates.has(`${shopId}/${each.template}`)
      ? [{ step, field: 'template', message: 'the mail of this step is not saved' }]
      : [],
  )
}

async function insertVersion(tx: Tx, { shopId, flowId, version, now }: NewVersion, definition: Definition) {
  await tx.rows(
    `insert into flow_version (shop_id, flow_id, version, definition, published_at) values ($1, $2, $3, $4, $5)`,
    [shopId, flowId, version, JSON.stringify(definition), now],
  )
}

async function takeEverybodyOut(tx: Tx, shopId: ShopId, flowId: FlowId, now: Date) {
  await tx.rows(
    `update enrolment set state = 'exited', end_reason = 'flow_republished', ended_at = $3, waits_for = null,
       revision = revision + 1
     where shop_id = $1 and flow_id = $2 and state = 'active'`,
    [shopId, flowId, now],
  )
}

/** Whoever stands on a step that is still there goes on from it, its waits counted anew; the others leave. */
async function moveEverybody(tx: Tx, { shopId, flowId, version, now }: NewVersion, definition: Definition) {
  await tx.rows(
    `update enrolment set revision = revision + 1, waits_for = null,
       version = case when step = any($4::text[]) then $3 else version end,
       wake_at = case when wake_at >= $6 then wake_at else $5 end,
       state = case when step = any($4::text[]) then state else 'exited' end,
       end_reason = case when step = any($4::text[]) then null else 'step_removed' end,
       ended_at = case when step = any($4::text[]) then null else $5::timestamptz end
     where shop_id = $1 and flow_id = $2 and state = 'active'`,
    [shopId, flowId, version, Object.keys(definition.steps), now, parkedAt],
  )
}
