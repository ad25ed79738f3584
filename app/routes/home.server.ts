// What the home page shows of a shop: what came of the mails, what needs the merchant, how Tern itself is doing.
import { listFlows } from '#app/flows/reports/flow-list.server.ts'
import { countMails, countOrders } from '#app/insights/count-results.server.ts'
import { readHealthLine } from '#app/insights/health-line.server.ts'
import { type Need, needsOf } from '#app/insights/needs.ts'
import { type Results, reportResults } from '#app/insights/results.ts'
import type { ShopTx } from '#app/platform/database.server.ts'
import { readShopSettings } from '#app/shops/settings.ts'

const periodDays = 30

export interface Home {
  now: string
  guide: { isDismissed: boolean; hasSender: boolean; hasKey: boolean; hasBrand: boolean; hasLiveFlow: boolean }
  needs: Need[]
  results: { now: Results; before: Results; perDay: Results[]; attributionDays: number }
  flows: HomeFlow[]
  sync: SyncLine[]
  health: Awaited<ReturnType<typeof readHealthLine>>
}

export interface HomeFlow {
  id: number
  name: string
  state: 'draft' | 'live' | 'paused'
  entered: number
  results: Results | null
}

export interface SyncLine {
  resource: string
  state: string
  rowsDone: number
  rowsTotal: number | null
  error: string | null
}

/** @param hasDefaultKey whether mail can go out with the installation's own SendGrid key */
export async function readHome(tx: ShopTx, now: Date, hasDefaultKey: boolean): Promise<Home> {
  const shop = await readShop(tx)
  const { attributionDays } = readShopSettings(shop.settings)
  const counting = { now, days: 2 * periodDays, currency: shop.currency, attributionDays }
  const [mails, orders, listed, sync, health, troubles] = await Promise.all([
    countMails(tx, counting),
    countOrders(tx, counting),
    listFlows(tx, tx.shopId, now),
    listSync(tx),
    readHealthLine(tx),
    countTroubles(tx, now),
  ])
  const report = reportResults([...mails, ...orders], periodDays)
  const flows = listed.map(({ id, name, state, entered }) => {
    return { id, name, state, entered, results: report.perFlow.get(id) ?? null }
  })
  const hasKey = shop.hasKey || hasDefaultKey
  const { hasSender, hasBrand, isDismissed } = shop
  return {
    now: now.toISOString(),
    guide: { isDismissed, hasSender, hasKey, hasBrand, hasLiveFlow: flows.some(({ state }) => state === 'live') },
    needs: needsOf({ ...troubles, hasSender, hasKey, setAside: health.setAside, sync, results: report.now }),
    results: { now: report.now, before: report.before, perDay: report.perDay, attributionDays },
    flows,
    sync,
    health,
  }
}

/** Puts the set-up guide away for good. */
export async function dismissGuide(tx: ShopTx, now: Date): Promise<void> {
  await tx.rows('update shop set guide_dismissed_at = coalesce(guide_dismissed_at, $2) where id = $1', [tx.shopId, now])
}

interface ShopRow {
  currency: string
  settings: unknown
  hasSender: boolean
  hasKey: boolean
  hasBrand: boolean
  isDismissed: boolean
}

async function readShop(tx: ShopTx): Promise<ShopRow> {
  const [row] = await tx.rows<ShopRow>(
    `select s.currency, s.settings, d.shop_id is not null as "hasSender", d.sendgrid_key is not null as "hasKey",
       s.settings ? 'brand' as "hasBrand", s.guide_dismissed_at is not null as "isDismissed"
     from shop s left join sender d on d.shop_id = s.id where s.id = $1`,
    [tx.shopId],
  )
  return row!
}

const listSync = (tx: ShopTx) =>
  tx.rows<SyncLine>(
    `select resource, state, rows_done as "rowsDone", rows_total as "rowsTotal", error
     from sync_run where shop_id = $1 order by resource`,
    [tx.shopId],
  )

/** Mails of the last week whose fate is unknown, or that SendGrid refused. */
async function countTroubles(tx: ShopTx, now: Date): Promise<{ unknown: number; refused: number }> {
  const [row] = await tx.rows<{ unknown: number; refused: number }>(
    `select count(*) filter (where state = 'unknown') as unknown, count(*) filter (where state = 'failed') as refused
     from message where shop_id = $1 and created_at > $2::timestamptz - interval '7 days' and state in ('unknown', 'failed')`,
    [tx.shopId, now],
  )
  return row!
}
