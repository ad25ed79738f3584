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
/** As the worker does: while one batch is on its way to SendGrid, the next is claimed. */
const loops = 2
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

await deliver({ count: 1_000, shops, loops, limit: batch })
const baseline = await deliver({ count: baselineMails, shops: 1, loops: 1, limit: 1 })
const ours = await deliver({ count: mails, shops, loops, limit: batch })
const { duplicates } = await sendGrid.counts()
invariant(duplicates === 0, `${duplicates} mails were sent twice`)
clients.close()
printReport({ name: 'deliver', ...ours, baseline })

interface Way {
  count: number
  shops: number
  loops: number
  /** How many messages a claim takes. */
  limit: number
}

/** Queues reminders and measures how they go out this way. */
async function deliver({ count, shops, loops, limit }: Way): Promise<Measured> {
  for (let shop = 0; shop < shops; shop++) await queueReminders(count / shops)
  await db.pool.query('analyze')
  const before = (await sendGrid.counts()).received
  const measured = await measure(cpu, async () => {
    const latenciesMs: number[] = []
    const loop = async () => {
      for (let idle = 0; idle < 2; ) {
        const beganMs = performance.now()
        const worked = await deliverDue(deps, limit)
        latenciesMs.push(performance.now() - beganMs)
        idle = worked === 0 ? idle + 1 : 0
      }
    }
    await Promise.all(Array.from({ length: loops }, loop))
    return { items: count, latenciesMs }
  })
  const sent = (await sendGrid.counts()).received - before
  invariant(sent === count, `${count} mails were queued and ${sent} were sent`)
  return measured
}

async function queueReminders(count: number) {
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
    Array.from({ length: count }, () => ({ items })),
  )
}
