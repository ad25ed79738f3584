import { expect, test } from 'vitest'
import { acceptDeliveries } from '#app/events/inbox.server.ts'
import { createTestDatabase } from '#tests/database.ts'
import { startAdmin } from './open-admin.ts'

const db = await createTestDatabase()
const admin = await startAdmin(db)
const now = new Date()

test('what was set aside can be tried again, and says why it lies there', async () => {
  const delivery = {
    shopId: admin.shopId,
    source: 'shopify',
    topic: 'orders/create',
    deliveryId: 'd-1',
    triggeredAt: now,
    body: Buffer.from('{}'),
  } as const
  await acceptDeliveries(db, [delivery], now)
  await db.pool.query(`update inbox set set_aside_at = $2, error = 'order: id is missing' where shop_id = $1`, [
    admin.shopId,
    now,
  ])
  await db.pool.query(
    `insert into sync_run (shop_id, resource, state, rows_done, rows_total, started_at, updated_at)
     values ($1, 'customers', 'importing', 2000, 8000, $2::timestamptz - interval '5 minutes', $2)
     on conflict (shop_id, resource) do update set state = 'importing', rows_done = 2000, rows_total = 8000, started_at = excluded.started_at`,
    [admin.shopId, now],
  )
  const { app, screenshot, expectAccessible } = await admin.open('/app/health')
  await app.getByText('order: id is missing').waitFor()
  await app.getByText(/2,000 of 8,000, about 1\d minutes left/).waitFor()
  await screenshot('health-full')
  await expectAccessible()
  await app.getByRole('button', { name: 'Retry' }).click()
  await app.getByText('Nothing was set aside.').waitFor()
  const { rows } = await db.pool.query('select set_aside_at from inbox where shop_id = $1', [admin.shopId])
  expect(rows).toEqual([{ set_aside_at: null }])
})

test('it fits a phone, in German', async () => {
  const { app, screenshot, expectAccessible } = await admin.open('/app/health', { width: 390, locale: 'de' })
  await app.getByRole('heading', { name: 'Zustand', exact: true }).waitFor()
  await screenshot('health-full')
  await expectAccessible()
})
