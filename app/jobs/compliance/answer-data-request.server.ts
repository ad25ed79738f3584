// customers/data_request: everything that Tern holds of one person, sealed, for the merchant to hand on.
import { brotliDecompressSync } from 'node:zlib'
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { type SystemTx, type Tx, withSystem } from '#app/platform/database.server.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'
import { findPerson } from './find-person.server.ts'
import type { Erased } from './person-terms.ts'
import { completeRequest, findOpenRequest } from './requests.server.ts'
import { listTablesWith } from './tenant-tables.server.ts'

export type DataRequestDeps = Pick<JobDeps, 'db' | 'clock' | 'secrets' | 'log'>

const purpose = 'data export'

export async function answerDataRequest(deps: DataRequestDeps, job: { shopId: ShopId; requestId: number }) {
  const request = await findOpenRequest(deps, job.shopId, job.requestId)
  if (!request) return
  await withSystem(deps.db, async (tx) => {
    const person = await findPerson(tx, job.shopId, request.person)
    const everything = { exported_at: deps.clock.now(), ...(await readEverything(tx, job.shopId, person)) }
    const sealed = deps.secrets.seal(JSON.stringify(everything), purpose)
    const profileId = person.profileIds[0] ?? null
    await completeRequest(tx, request, { profileId, export: sealed }, deps.clock.now())
  })
  deps.log.info(job, 'data_request.answered')
}

/** The export of an answered request as JSON text; null when there is none. */
export async function openExport(tx: Tx, secrets: Secrets, shopId: ShopId, requestId: number): Promise<string | null> {
  const [row] = await tx.rows<{ export: Buffer | null }>(
    `select export from data_request
     where shop_id = $1 and id = $2 and kind = 'data_request' and completed_at is not null`,
    [shopId, requestId],
  )
  return row?.export ? secrets.open(row.export, purpose) : null
}

/** The person's rows by table: those that name the profile, and those that hang on them. */
async function readEverything(tx: SystemTx, shopId: ShopId, { profileIds, orderIds }: Erased) {
  const tables = (await listTablesWith(tx, 'profile_id')).filter((name) => !isReadApart.includes(name))
  const found: Record<string, unknown> = {}
  for (const table of tables)
    found[table] = await readRows(tx, `${table} t`, 't.shop_id = $1 and t.profile_id = any($2::bigint[])', [
      shopId,
      profileIds,
    ])
  found.profile = await readRows(tx, 'profile t', 't.shop_id = $1 and t.id = any($2::bigint[])', [shopId, profileIds])
  for (const table of ['order_line', 'refund', 'fulfilment'])
    found[table] = await readRows(tx, `${table} t`, 't.shop_id = $1 and t.order_id = any($2)', [shopId, orderIds])
  const visits = 'visit t join enrolment e on e.shop_id = t.shop_id and e.id = t.enrolment_id'
  found.visit = await readRows(tx, visits, 't.shop_id = $1 and e.profile_id = any($2::bigint[])', [shopId, profileIds])
  found.delivery = await readDeliveries(tx, shopId, profileIds)
  return found
}

/** Requests about the person tell nothing of them; raw deliveries have to be unpacked. */
const isReadApart = ['data_request', 'inbox_archive']

async function readRows(tx: SystemTx, from: string, where: string, values: unknown[]): Promise<unknown[]> {
  const rows = await tx.rows<{ row: unknown }>(`select to_jsonb(t) as row from ${from} where ${where}`, values)
  return rows.map(({ row }) => row)
}

async function readDeliveries(tx: SystemTx, shopId: ShopId, profileIds: readonly number[]) {
  const rows = await tx.rows<{ topic: string; receivedAt: Date; body: Buffer }>(
    `select topic, received_at as "receivedAt", body from inbox_archive
     where shop_id = $1 and profile_id = any($2::bigint[]) order by id`,
    [shopId, profileIds],
  )
  return rows.map(({ topic, receivedAt, body }) => ({
    topic,
    receivedAt,
    body: brotliDecompressSync(body).toString('utf8'),
  }))
}
