// The mail editor as a merchant uses it, in a real browser inside the admin.
import { expect, test } from 'vitest'
import { createTestDatabase } from '#tests/database.ts'
import { startAdmin } from './open-admin.ts'

const db = await createTestDatabase()
const admin = await startAdmin(db)
const { rows } = await db.pool.query<{ id: number }>(
  `select id from flow where shop_id = $1 and key = 'abandoned-checkout'`,
  [admin.shopId],
)
const place = `/app/flows/${rows[0]?.id}/mails/reminder`

test.each([1280, 390] as const)('a mail stands there with its preview, without a barrier, at %i px', async (width) => {
  const { app, expectAccessible, screenshot } = await admin.open(place, { width })
  const mail = app.frameLocator('iframe[title="Preview of the mail"]')
  await mail.getByRole('heading', { name: 'Pick up where you left off' }).waitFor()
  await app.getByText('All is well.').waitFor()
  await screenshot('mail-editor')
  await expectAccessible()
})

test('what is typed is seen in the preview, saved as a new version, and there after a reload', async () => {
  const { page, app } = await admin.open(place)
  await app.getByRole('button', { name: /^Headline/ }).click()
  await app.getByLabel('Text', { exact: true }).fill('Your things are waiting')
  const mail = app.frameLocator('iframe[title="Preview of the mail"]')
  await mail.getByRole('heading', { name: 'Your things are waiting' }).waitFor()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved').waitFor()
  const { rows } = await db.pool.query(
    `select t.compiled->>'html' like '%Your things are waiting%' as "isSaved"
     from flow f join message_template t on t.shop_id = f.shop_id
       and t.id::text = f.draft->'steps'->'reminder'->>'template'
     where f.shop_id = $1 and f.key = 'abandoned-checkout'`,
    [admin.shopId],
  )
  expect(rows).toEqual([{ isSaved: true }])
})
