import { expect, test } from 'vitest'
import { systemClock } from '#app/platform/clock.server.ts'
import { fillHistory } from '#tests/builders/history.ts'
import { createTestDatabase } from '#tests/database.ts'
import { startAdmin } from './open-admin.ts'

const db = await createTestDatabase()
const admin = await startAdmin(db)

test.each([1280, 390] as const)('a new shop is led to its first mail, %i px wide', async (width) => {
  const { app, screenshot, expectAccessible } = await admin.open('/app', { width })
  await app.getByRole('heading', { name: 'Set-up guide' }).waitFor()
  await screenshot('home-new')
  await expectAccessible()
})

test('a guide that was put away stays away', async () => {
  const { app } = await admin.open('/app')
  await app.getByRole('button', { name: 'Dismiss' }).click()
  await app.getByRole('heading', { name: 'Set-up guide' }).waitFor({ state: 'detached' })
  const again = await admin.open('/app')
  await again.app.getByRole('heading', { name: 'Last 30 days' }).waitFor()
  expect(await again.app.getByRole('heading', { name: 'Set-up guide' }).count()).toBe(0)
})

test.each([1280, 390] as const)('what came of the mails is told with its meaning, %i px wide', async (width) => {
  if (width === 1280)
    await fillHistory(db, admin.shopId, systemClock.now(), { profiles: 200, mails: 400, clicks: 60, orders: 20 })
  const { app, screenshot, expectAccessible } = await admin.open('/app', { width, locale: width === 390 ? 'de' : 'en' })
  await app.getByText(width === 390 ? 'Zugestellte Mails je Tag' : 'Mail delivered per day').waitFor()
  await screenshot('home-full')
  await expectAccessible()
})
