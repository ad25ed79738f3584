// Counts what a replay left behind: everything is read from Tern's database, nothing from the history that went in.
import type { Database } from '#app/platform/database.server.ts'

export interface FlowReport {
  enrolled: number
  completed: number
  exited: Record<string, number>
  sent: number
  skipped: Record<string, number>
}

export interface StoreReport {
  profiles: number
  orders: number
  guestOrders: number
  ordersCancelled: number
  revenueMinor: number
  refundedMinor: number
  currency: string
  flows: Record<string, FlowReport>
  messages: Record<string, number>
}

/** What the database of one shop says. Keys are in alphabetical order, so that equal shops give equal texts. */
export async function reportOfStore(db: Database): Promise<StoreReport> {
  const [shop] = await rows<Omit<StoreReport, 'flows' | 'messages'>>(
    db,
    `select (select count(*) from profile where merged_into is null and erased_at is null) as profiles,
       count(*) as orders,
       count(*) filter (where o.profile_id is null) as "guestOrders",
       count(*) filter (where o.cancelled_at is not null) as "ordersCancelled",
       coalesce(sum(o.total_minor), 0)::bigint as "revenueMinor",
       coalesce(sum(o.refunded_minor), 0)::bigint as "refundedMinor",
       (select min(currency) from shop) as currency
     from shop_order o where o.deleted_at is null`,
  )
  const messages = await rows<{ state: string; n: number }>(
    db,
    'select state, count(*) as n from message group by 1 order by 1',
  )
  return { ...shop!, flows: await flowReports(db), messages: counted(messages.map(({ state, n }) => [state, n])) }
}

async function flowReports(db: Database): Promise<Record<string, FlowReport>> {
  const flows = await rows<{ key: string }>(db, 'select key from flow order by key')
  const enrolments = await rows<{ key: string; state: string; reason: string | null; n: number }>(
    db,
    `select f.key, e.state, e.end_reason as reason, count(*) as n
     from enrolment e join flow f on f.shop_id = e.shop_id and f.id = e.flow_id group by 1, 2, 3 order by 1, 2, 3`,
  )
  const messages = await rows<{ key: string; wasSent: boolean; state: string; reason: string | null; n: number }>(
    db,
    `select f.key, m.handed_over_at is not null as "wasSent", m.state, m.reason, count(*) as n
     from message m join flow f on f.shop_id = m.shop_id and f.id = m.flow_id group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  )
  const reports = flows.map(({ key }): [string, FlowReport] => {
    const entered = enrolments.filter((row) => row.key === key)
    const written = messages.filter((row) => row.key === key)
    const sum = (picked: { n: number }[]) => picked.reduce((total, row) => total + row.n, 0)
    const report = {
      enrolled: sum(entered),
      completed: sum(entered.filter((row) => row.state === 'completed')),
      exited: counted(entered.filter((row) => row.state === 'exited').map((row) => [row.reason ?? 'unknown', row.n])),
      sent: sum(written.filter((row) => row.wasSent)),
      skipped: counted(written.filter((row) => row.state === 'skipped').map((row) => [row.reason ?? 'unknown', row.n])),
    }
    return [key, report]
  })
  return Object.fromEntries(reports)
}

/** Adds up pairs of the same name. */
function counted(pairs: (readonly [string, number])[]): Record<string, number> {
  const totals: Record<string, number> = {}
  for (const [name, n] of pairs) totals[name] = (totals[name] ?? 0) + n
  return totals
}

async function rows<Row extends object>(db: Database, sql: string): Promise<Row[]> {
  const result = await db.pool.query(sql)
  return result.rows as Row[]
}
