// What the health page shows: the import, what arrives, what waits, and what was set aside.
import { listSetAside, retrySetAside, type SetAside } from '#app/events/set-aside.server.ts'
import { type HealthLine, readHealthLine } from '#app/insights/health-line.server.ts'
import type { ShopTx } from '#app/platform/database.server.ts'

export interface HealthPage {
  sync: SyncState[]
  topics: { source: string; topic: string; lastAt: Date }[]
  line: HealthLine
  queues: { events: number; people: number; unknown: number }
  setAside: SetAside[]
}

export interface SyncState {
  resource: string
  state: string
  rowsDone: number
  rowsTotal: number | null
  startedAt: Date
  watermark: Date | null
  error: string | null
}

const mostSetAside = 100
const recentDeliveries = 5_000

export async function readHealth(tx: ShopTx): Promise<HealthPage> {
  const [sync, topics, line, queues, setAside] = await Promise.all([
    listSync(tx),
    listTopics(tx),
    readHealthLine(tx),
    countQueues(tx),
    listSetAside(tx, tx.shopId, mostSetAside),
  ])
  return { sync, topics, line, queues, setAside }
}

/** Puts one back in line, or all that are shown. */
export async function retry(tx: ShopTx, inboxId: number | null, now: Date): Promise<number> {
  const ids = inboxId === null ? (await listSetAside(tx, tx.shopId, mostSetAside)).map(({ id }) => id) : [inboxId]
  return retrySetAside(tx, tx.shopId, ids, now)
}

const listSync = (tx: ShopTx) =>
  tx.rows<SyncState>(
    `select resource, state, rows_done as "rowsDone", rows_total as "rowsTotal", started_at as "startedAt", watermark, error
     from sync_run where shop_id = $1 order by resource`,
    [tx.shopId],
  )

/** Looks at the latest deliveries only, so that a busy shop's page is as fast as a quiet one's. */
const listTopics = (tx: ShopTx) =>
  tx.rows<HealthPage['topics'][number]>(
    `select source, topic, max(received_at) as "lastAt" from (
       (select source, topic, received_at from inbox_archive where shop_id = $1 order by id desc limit $2)
       union all
       (select source, topic, received_at from inbox where shop_id = $1 order by id desc limit $2)) latest
     group by source, topic order by "lastAt" desc`,
    [tx.shopId, recentDeliveries],
  )

async function countQueues(tx: ShopTx): Promise<HealthPage['queues']> {
  const [row] = await tx.rows<HealthPage['queues']>(
    `select (select count(*) from inbox where shop_id = $1 and set_aside_at is null) as events,
       (select count(*) from enrolment where shop_id = $1 and state = 'active') as people,
       (select count(*) from message where shop_id = $1 and state = 'unknown' and due_at is not null) as unknown`,
    [tx.shopId],
  )
  return row!
}
