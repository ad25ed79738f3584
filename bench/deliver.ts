// How many mails a second are claimed, rendered, handed over to SendGrid and written down: in batches, beside one by one.
import { invariant } from '#app/lib/errors.ts'
import { type DeliveryDeps, deliverDue } from '#app/messages/delivery.server.ts'
import { createMailSender } from '#app/messages/mail-sender.server.ts'
import { createSenderPauses } from '#app/messages/sender-pauses.ts'
import { createSendGridClients } from '#app/messages/sendgrid-clients.server.ts'
import { createSendGridLog } from '#app/messages/sendgrid-log.server.ts'
import { createTemplateCache } from '#app/messages/template-store.server.ts'
import { virtualClock } from '#app/platform/clock.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createSecrets } from '#app/platform/secrets.server.ts'
import { buildMessages, buildSendingShop, oneItem, start } from '#tests/builders/messages.ts'
import { insertRows } from '#tests/builders/rows.ts'
import { createCpuMeter } from './lib/cpu.ts'
import { createBenchDatabase } from './lib/database.ts'
import { type Measured, measure } from './lib/measure.ts'
import { printReport } from './lib/report.ts'
import { startSendGridProcess } from './lib/sendgrid-process.ts'

const shops = 20
const mails = 6_000
const baselineMails = 1_000
const batch = 64

await using bench = await createBenchDatabase(10)
const { db } = bench
using sendGrid = await startSendGridProcess()
const clients = createSendGridClients({ baseUrl: sendGrid.url, timeoutMs: 10_000, maxSockets: batch })
const deps: DeliveryDeps = {
  db,
  clock: virtualClock(start),
  log: silentLog,
  secrets: createSecrets(Buffer.alloc(32, 7).toString('base64')),
  appUrl: 'https://tern.example',
  sender: createMailSender(clients),
  sendgridLog: createSendGridLog(clients),
  pauses: createSenderPauses(),
  templates: createTemplateCache(),
  gate: async () => new Map(),
  defaultApiKey: sendGrid.apiKey,
  leaseMs: 60_000,
}
const cpu = await createCpuMeter(db)

await deliver(500, batch)
const baseline = await deliver(baselineMails, 1)
const ours = await deliver(mails, batch)
const { duplicates } = await sendGrid.counts()
invariant(duplicates === 0, `${duplicates} mails were sent twice`)
clients.close()
printReport({ name: 'deliver', ...ours, baseline })

/** Queues so many reminders and measures how they go out, `limit` at a time. */
async function deliver(count: number, limit: number): Promise<Measured> {
  await queueReminders(count)
  const before = (await sendGrid.counts()).received
  const measured = await measure(cpu, async () => {
    const latenciesMs: number[] = []
    for (let worked = 1; worked > 0; ) {
      const beganMs = performance.now()
      worked = await deliverDue(deps, limit)
      latenciesMs.push(performance.now() - beganMs)
    }
    return { items: count, latenciesMs }
  })
  const sent = (await sendGrid.counts()).received - before
  invariant(sent === count, `${count} mails were queued and ${sent} were sent`)
  return measured
}

async function queueReminders(count: number) {
  for (let shop = 0; shop < shops; shop++) {
    const sending = await buildSendingShop(db)
    const products = [1, 2, 3].map((n) => `gid://shopify/Product/${n}`)
    await insertRows(
      db,
      'product',
      products.map((id, n) => ({
        shop_id: sending.shopId,
        shopify_id: id,
        title: 'Tea',
        handle: `green-tea-${n}`,
        image_url: `https://cdn.example/files/green-tea-${n}.jpg`,
        source_updated_at: start,
        status: 'active',
        tags: [],
        collection_ids: [],
      })),
    )
    const items = products.map((productId) => ({ ...oneItem, productId }))
    await buildMessages(
      db,
      sending,
      Array.from({ length: count / shops }, () => ({ items })),
    )
  }
  await db.pool.query('analyze')
}
