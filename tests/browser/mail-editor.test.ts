// The mail editor as a merchant uses it, in a real browser inside the admin.
import { expect, test } from 'vitest'
import { createTestDatabase } from '#tests/database.ts'
import { type OpenedPage, startAdmin } from './open-admin.ts'

const db = await createTestDatabase()
const admin = await startAdmin(db)
const { rows } = await db.pool.query<{ id: number; key: string }>('select id, key from flow where shop_id = $1', [
  admin.shopId,
])
const mailOf = (key: string, step: string) => `/app/flows/${rows.find((flow) => flow.key === key)?.id}/mails/${step}`
const reminder = mailOf('abandoned-checkout', 'reminder')

test.each([1280, 390] as const)('a mail stands there with its preview, without a barrier, at %i px', async (width) => {
  const opened = await admin.open(reminder, { width })
  const { app, expectAccessible, screenshot } = opened
  await app.getByRole('button', { name: /^Headline/ }).click()
  await screenshot('mail-editor')
  if (width === 390) await app.getByRole('button', { name: 'Preview', exact: true }).click()
  await previewOf(opened).getByRole('heading', { name: 'Pick up where you left off' }).waitFor()
  await app.getByText('All is well.').waitFor()
  await app.getByRole('button', { name: 'Dark' }).click()
  await screenshot('mail-preview-dark')
  await letAxeIn(opened)
  await expectAccessible()
})

test('what is typed is seen in the preview and saved as a new version', async () => {
  const opened = await admin.open(reminder)
  const { page, app } = opened
  await app.getByRole('button', { name: /^Headline/ }).click()
  await app.getByLabel('Text', { exact: true }).fill('Your things are waiting')
  await previewOf(opened).getByRole('heading', { name: 'Your things are waiting' }).waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(savedHtml, { timeout: 15_000 }).toContain('Your things are waiting')
})

test('by keyboard alone a block is added, moved, written, undone and redone', async () => {
  const opened = await admin.open(mailOf('abandoned-checkout', 'last-note'))
  const { page, app } = opened
  await app.getByRole('button', { name: 'Add a block' }).focus()
  await page.keyboard.press('Enter')
  await app.getByRole('button', { name: 'Line', exact: true }).focus()
  await page.keyboard.press('Enter')
  const rowsOf = () => app.locator('[id^="block-"]').allTextContents()
  await expect.poll(async () => (await rowsOf()).at(-2)).toBe('Line')
  await app.getByRole('button', { name: 'Move up' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await rowsOf()).at(-3)).toBe('Line')
  await app.getByRole('button', { name: 'Undo' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await rowsOf()).at(-2)).toBe('Line')
  await app.getByRole('button', { name: 'Redo' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await rowsOf()).at(-3)).toBe('Line')
  await app.getByRole('button', { name: /^Move Headline/ }).focus()
  await page.keyboard.press('Space')
  await app.getByText('Headline is picked up.').or(app.getByText('Headline would stand where Headline is.')).waitFor()
  await page.keyboard.press('ArrowDown')
  await app.getByText('Headline would stand where Text is.').waitFor()
  await page.keyboard.press('Space')
  await expect.poll(async () => (await rowsOf())[2]).toMatch(/^Headline/)
})

test('an error keeps the mail from being saved and leads to its block', async () => {
  const opened = await admin.open(reminder)
  const { page, app } = opened
  await app.getByRole('button', { name: /^Button/ }).click()
  await app.getByLabel('Link', { exact: true }).fill('/cart')
  const finding = app.getByRole('button', { name: /leads nowhere from a mail/ })
  await finding.waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await app.getByText('Put right what is listed under Check').waitFor()
  await app.getByRole('button', { name: /^Button/ }).click()
  await finding.click()
  await expect.poll(() => app.getByLabel('Link', { exact: true }).inputValue()).toBe('/cart')
})

const previewOf = ({ app }: OpenedPage) => app.frameLocator('iframe[title="Preview of the mail"]')

async function savedHtml() {
  const { rows } = await db.pool.query<{ html: string }>(
    `select t.compiled->>'html' as html from flow f join message_template t on t.shop_id = f.shop_id
       and t.id::text = f.draft->'steps'->'reminder'->>'template'
     where f.shop_id = $1 and f.key = 'abandoned-checkout'`,
    [admin.shopId],
  )
  return rows[0]?.html
}

/** The preview runs no script, and so not axe either: an empty one stands in. */
async function letAxeIn({ app }: OpenedPage) {
  await app.locator('iframe').evaluate((frame: HTMLIFrameElement) => {
    frame.sandbox.add('allow-scripts')
    frame.srcdoc =
      '<!doctype html><html lang="en"><title>Mail</title><main aria-label="Mail"><h1>Mail</h1></main></html>'
  })
  await app.frameLocator('iframe').getByRole('heading', { name: 'Mail', exact: true }).waitFor()
}
