import { afterAll, expect, test } from 'vitest'
import { systemClock } from '#app/platform/clock.server.ts'
import { startSendGridStandIn } from '#sandbox/sendgrid/stand-in.ts'
import { createTestDatabase } from '#tests/database.ts'
import { startAdmin } from './open-admin.ts'

const db = await createTestDatabase()
const sendgrid = await startSendGridStandIn({
  clock: systemClock,
  apiKeys: [
    'SG.all-rights-it-has.abcdefghijklmnopqrstuvwxyz',
    { key: 'SG.reads-only-scopes.abcdefghijklmnopqrstuvwxyz', scopes: ['scopes.read'] },
  ],
})
afterAll(() => sendgrid.close())
const admin = await startAdmin(db, { SENDGRID_BASE_URL: sendgrid.url })

test('what the server finds wrong stands at its field, and what it takes is saved', async () => {
  const { page, app, screenshot, expectAccessible } = await admin.open('/app/settings')
  await app.getByLabel('Address', { exact: true }).fill('hello')
  await page.getByRole('button', { name: 'Save' }).click()
  await app.getByText('Write an e-mail address, like name@example.com.').waitFor()
  await screenshot('settings-errors')
  await expectAccessible()
  await app.getByLabel('Name', { exact: true }).fill('Harbour Goods')
  await app.getByLabel('Address', { exact: true }).fill('hello@harbour.example')
  await app.getByLabel('Postal address').fill('1 Quay Street, Bristol')
  await app.getByLabel('Quiet hours').check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'hidden' })
  const { rows } = await db.pool.query(
    `select s.settings -> 'quietHours' as quiet, d.from_email from shop s join sender d on d.shop_id = s.id where s.id = $1`,
    [admin.shopId],
  )
  expect(rows).toEqual([{ quiet: { from: '21:00', to: '08:00' }, from_email: 'hello@harbour.example' }])
})

test('a key is tried before it is kept, reports are signed, and the domain is watched until it is valid', async () => {
  const { app, screenshot, expectAccessible } = await admin.open('/app/settings')
  const key = app.getByLabel('API key')
  const check = app.getByRole('button', { name: 'Check and save' })
  await key.fill('SG.reads-only-scopes.abcdefghijklmnopqrstuvwxyz')
  await check.click()
  await app.getByText('This key may not send mail.').waitFor()
  await key.fill(sendgrid.apiKey)
  await check.click()
  await app.getByText('The key works and was saved.').waitFor()
  await app.getByRole('button', { name: 'Set up', exact: true }).click()
  await app.getByText('SendGrid reports deliveries').waitFor()
  await app.getByRole('button', { name: 'Begin' }).click()
  await app.getByRole('button', { name: 'Look now' }).waitFor()
  await screenshot('settings-domain')
  await expectAccessible()
  await app.getByRole('button', { name: 'Look now' }).click()
  await app.getByRole('button', { name: 'Look now' }).click()
  await app.getByText('Authenticated').waitFor()
  const { rows } = await db.pool.query('select sendgrid_key, webhook_public_key from sender where shop_id = $1', [
    admin.shopId,
  ])
  expect(rows[0].webhook_public_key).toBe(sendgrid.publicKey)
  expect(rows[0].sendgrid_key.toString('latin1')).not.toContain('all-rights')
})

test('the page fits a phone, in German', async () => {
  const { app, screenshot, expectAccessible } = await admin.open('/app/settings', { width: 390, locale: 'de' })
  await app.getByRole('heading', { name: 'Einstellungen' }).waitFor()
  await screenshot('settings-full')
  await expectAccessible()
})

test('unsaved changes hold the merchant up before another page opens', async () => {
  const { page, app } = await admin.open('/app/settings')
  await app.getByLabel('Name', { exact: true }).fill('Another name')
  await page.getByText('Unsaved changes').waitFor()
  await page.locator('#app-menu').getByText('Flows').click()
  await page.getByRole('button', { name: 'Stay' }).click()
  expect(await app.getByLabel('Name', { exact: true }).inputValue()).toBe('Another name')
})
