import { expect, test } from 'vitest'
import { createTestDatabase } from '#tests/database.ts'
import { startAdmin } from './open-admin.ts'

const db = await createTestDatabase()
const admin = await startAdmin(db)

test('the menu leads to every part of the app, and the frame stays', async () => {
  const { page, app } = await admin.open('/app')
  await app.getByRole('heading', { name: 'Home' }).waitFor()
  const items = await page.locator('#app-menu a').allTextContents()
  expect(items).toEqual(['Flows', 'Profiles', 'Messages', 'Settings', 'Health', 'Privacy'])
})

test('an address that leads nowhere says so in words, in the merchant’s language', async () => {
  const { app, expectAccessible, screenshot } = await admin.open('/app/nowhere', { locale: 'de' })
  await app.getByRole('heading', { name: 'Das gibt es hier nicht' }).waitFor()
  await screenshot('not-found')
  await expectAccessible()
})
