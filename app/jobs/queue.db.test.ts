import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { jobNames } from '#app/jobs/catalogue.ts'
import { createJobQueue, type JobHandlers } from '#app/jobs/queue.server.ts'
import { withShop, withSystem } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const queue = createJobQueue(db, silentLog, { isWorker: true, maxPollSeconds: 0.5 })
await queue.start()
afterAll(() => queue.stop())

const idle = Object.fromEntries(jobNames.map((name) => [name, async () => {}])) as unknown as JobHandlers
const done: string[] = []
let running = 0
let mostAtOnce = 0
await queue.work({
  ...idle,
  'push-consent': async ({ shopId, profileId }) => {
    if (profileId === 13) throw new Error('unlucky')
    done.push(`${shopId}/${profileId}`)
  },
  'sync-resource': async () => {
    running += 1
    mostAtOnce = Math.max(mostAtOnce, running)
    await delay(300)
    running -= 1
  },
})

test('a job exists exactly when the transaction that asked for it was committed', async () => {
  const shop = await buildShop(db)
  const failing = withSystem(db, async (tx) => {
    await queue.enqueue(tx, 'push-consent', { shopId: shop, profileId: 1 })
    throw new Error('stop')
  })
  await expect(failing).rejects.toThrow('stop')
  await withShop(db, shop, (tx) => queue.enqueue(tx, 'push-consent', { shopId: shop, profileId: 2 }))
  await until(() => done.includes(`${shop}/2`))
  expect(done).not.toContain(`${shop}/1`)
})

test('a job that fails does not hold back the others of its batch', async () => {
  const shop = await buildShop(db)
  await withSystem(db, async (tx) => {
    for (const profileId of [12, 13, 14]) await queue.enqueue(tx, 'push-consent', { shopId: shop, profileId })
  })
  await until(() => done.includes(`${shop}/12`) && done.includes(`${shop}/14`))
  expect(done).not.toContain(`${shop}/13`)
})

test('jobs with the same key run one after the other', async () => {
  const shop = await buildShop(db)
  await withSystem(db, async (tx) => {
    for (let i = 0; i < 3; i++) await queue.enqueue(tx, 'sync-resource', { shopId: shop, resource: 'orders' })
  })
  await until(async () => (await openJobs('sync-resource')) === 0)
  expect(mostAtOnce).toBe(1)
})

async function openJobs(name: string) {
  const { rows } = await db.pool.query<{ count: number }>(
    `select count(*) from pgboss.job where name = $1 and state not in ('completed', 'failed')`,
    [name],
  )
  return rows[0]!.count
}

async function until(holds: () => boolean | Promise<boolean>) {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return
    await delay(100)
  }
  throw new Error('did not happen within 20 s')
}
