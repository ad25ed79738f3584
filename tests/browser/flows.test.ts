import { expect, test, vi } from 'vitest'
import { installPresets } from '#app/flows/install-presets.server.ts'
import { publishFlow } from '#app/flows/publish-flow.server.ts'
import { flowId } from '#app/lib/ids.ts'
import { withShop } from '#app/platform/database.server.ts'
import { insertRows } from '#tests/builders/rows.ts'
import { createTestDatabase } from '#tests/database.ts'
import { startAdmin } from './open-admin.ts'

// Axe takes its time where the machine has other work.
vi.setConfig({ testTimeout: 90_000 })
const db = await createTestDatabase()
const admin = await startAdmin(db)
const { shopId } = admin
const now = new Date()
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
await withShop(db, shopId, (tx) => installPresets(tx, shopId, now))
const { rows: flows } = await db.pool.query('select id, key from flow where shop_id = $1', [shopId])
const idOf = (key: string) => flowId(flows.find((flow) => flow.key === key).id)
const checkout = idOf('abandoned-checkout')
await withShop(db, shopId, (tx) => publishFlow(tx, shopId, checkout, 'keep', ago(48)))
await peopleOnTheirWay()

test.each([1280, 390] as const)('the list and the gallery can be read at %i pixels', async (width) => {
  const list = await admin.open('/app/flows', { width })
  await list.app.getByRole('link', { name: 'Abandoned checkout' }).waitFor()
  await list.screenshot('flows')
  await list.expectAccessible()
  await list.page.context().close()

  const gallery = await admin.open('/app/flows/new', { width })
  await gallery.app.getByRole('button', { name: 'Use this flow: Win back' }).waitFor()
  await gallery.screenshot('flows-new')
  await gallery.expectAccessible()
  await gallery.page.context().close()
})

test.each([1280, 390] as const)('a flow can be read as a text and as a picture at %i pixels', async (width) => {
  const editor = await admin.open(`/app/flows/${idOf('post-purchase')}`, { width })
  await editor.app.getByRole('button', { name: /Does this hold/ }).click()
  await editor.screenshot('flow-text')
  await editor.expectAccessible()
  await editor.app.getByRole('button', { name: 'Picture' }).click()
  await editor.app.locator('.tern-card').first().waitFor()
  await editor.screenshot('flow-picture')
  await editor.expectAccessible()
  await editor.page.context().close()
})

test.each([1280, 390] as const)('the people in a flow and its dry runs can be read at %i pixels', async (width) => {
  const people = await admin.open(`/app/flows/${checkout}/people`, { width })
  await people.app.getByRole('link', { name: 'Ann Quay' }).waitFor()
  await people.screenshot('flow-people')
  await people.expectAccessible()
  await people.app.getByRole('link', { name: 'Ann Quay' }).click()
  await people.app.getByRole('heading', { name: 'What happened' }).waitFor()
  await people.screenshot('flow-person')
  await people.expectAccessible()
  await people.page.context().close()

  const trial = await admin.open(`/app/flows/${checkout}/try`, { width })
  await trial.app.getByRole('button', { name: 'Who would enter' }).click()
  await trial.app.getByText('Would enter').first().waitFor()
  await trial.app.getByLabel('E-mail address of a person').fill('ann@x.example')
  await trial.app.getByRole('button', { name: 'Walk through' }).click()
  await trial.app.getByText(/^Ends /).waitFor()
  await trial.screenshot('flow-try')
  await trial.expectAccessible()
  await trial.page.context().close()
})

test('a flow is drawn, undone, redone and saved with the keyboard alone', async () => {
  const { page, app } = await admin.open(`/app/flows/${idOf('welcome')}`)
  await app.getByRole('button', { name: /^3\. Wait 2 days/ }).focus()
  await page.keyboard.press('Enter')
  // The panel has the focus now: the first field is one Tab away.
  await page.keyboard.press('Tab')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('5')
  await app.getByRole('button', { name: /^3\. Wait 5 days/ }).waitFor()
  await page.keyboard.press('Escape')
  expect(await focused(app)).toBe('step-first-wait')
  await page.keyboard.press('ControlOrMeta+z')
  await app.getByRole('button', { name: /^3\. Wait 2 days/ }).waitFor()
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await app.getByRole('button', { name: /^3\. Wait 5 days/ }).waitFor()
  // The plus sign after the step is next.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await app.getByRole('menuitem', { name: 'Split by a condition' }).focus()
  await page.keyboard.press('Enter')
  await app.getByRole('button', { name: /^4\. Does this hold/ }).waitFor()
  await page.getByRole('button', { name: 'Save' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => draftOf('welcome')).toMatchObject({ draft_revision: 1 })
  const { draft } = await draftOf('welcome')
  expect(draft.steps['first-wait']).toMatchObject({ duration: { days: 5 }, next: 'branch' })
  await page.context().close()
})

test('whoever saves second is told, and nothing of the first is lost', async () => {
  const place = `/app/flows/${idOf('win-back')}`
  const [first, second] = [await admin.open(place), await admin.open(place)]
  for (const [{ app, page }, days] of [
    [first, '11'],
    [second, '12'],
  ] as const) {
    await app.getByRole('button', { name: /^2\. Wait 10 days/ }).click()
    await app.getByLabel('Days').fill(days)
    await page.getByRole('button', { name: 'Save' }).click()
    if (days === '11') await expect.poll(() => draftOf('win-back')).toMatchObject({ draft_revision: 1 })
  }
  await second.app.getByText('Somebody saved another version of this flow').waitFor()
  expect((await draftOf('win-back')).draft.steps['first-wait'].duration).toEqual({ days: 11 })
  await second.app.getByRole('button', { name: 'Load their version and lose mine' }).click()
  await second.app.getByRole('button', { name: /^2\. Wait 11 days/ }).waitFor()
})

test('publishing says what changed and how many wait, and a script in a name is only a name', async () => {
  const evil = '<script>window.top.hacked = true</script>'
  const { page, app } = await admin.open(`/app/flows/${checkout}`)
  await app.getByRole('button', { name: 'When a checkout is started' }).click()
  await app.getByLabel('Name', { exact: true }).fill(evil)
  await app.getByRole('button', { name: /^1\. Wait 1 hour/ }).click()
  await app.getByLabel('Hours').fill('3')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => draftOf('abandoned-checkout')).toMatchObject({ draft_revision: 1, name: evil })
  await app.getByRole('button', { name: 'Publish' }).first().click()
  await app.getByText('2 people are on their way. What happens to them?').waitFor()
  await app.getByText(/^Changed: Wait 3 hours/).waitFor()
  await app.getByText('They move to the new version').click()
  await app.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
  await expect.poll(() => draftOf('abandoned-checkout')).toMatchObject({ live_version: 2 })
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
})

async function draftOf(key: string) {
  const { rows } = await db.pool.query(
    'select draft, draft_revision, live_version, name from flow where shop_id = $1 and key = $2',
    [shopId, key],
  )
  return rows[0]
}

const focused = (app: Awaited<ReturnType<typeof admin.open>>['app']) =>
  app.locator('body').evaluate(() => document.activeElement?.id)

/** Ann and Ben left a checkout; Ann has had her first mail. */
async function peopleOnTheirWay() {
  const people = [
    { id: 1, first_name: 'Ann', last_name: 'Quay', email: 'ann@x.example' },
    { id: 2, first_name: 'Ben', last_name: 'Pier', email: 'ben@x.example' },
  ]
  const context = (at: Date) => ({ triggeredAt: at, reachedAt: at, trigger: {} })
  await insertRows(
    db,
    'profile',
    people.map((person) => ({
      shop_id: shopId,
      tags: [],
      attributes: {},
      stated_at: {},
      tag_changes: {},
      consent: 'subscribed',
      order_count: 0,
      total_spent_minor: 0,
      created_at: ago(500),
      ...person,
    })),
  )
  await insertRows(
    db,
    'profile_identity',
    people.map(({ id, email }) => ({
      shop_id: shopId,
      kind: 'email',
      value: email,
      profile_id: id,
      stated_at: ago(500),
    })),
  )
  await insertRows(
    db,
    'checkout',
    people.map(({ id }) => ({
      shop_id: shopId,
      token: `t${id}`,
      profile_id: id,
      items: [],
      item_count: 2,
      total_minor: 2_000,
      currency: 'GBP',
      created_at: ago(id * 2),
      source_updated_at: ago(id * 2),
    })),
  )
  await insertRows(
    db,
    'event',
    people.map(({ id }) => ({
      shop_id: shopId,
      id,
      profile_id: id,
      type: 'checkout_started',
      subject: `checkout:t${id}`,
      occurred_at: ago(id * 2),
      received_at: ago(id * 2),
      value_minor: 2_000,
      currency: 'GBP',
      props: {},
    })),
  )
  await insertRows(
    db,
    'enrolment',
    people.map(({ id }) => ({
      shop_id: shopId,
      id,
      flow_id: checkout,
      version: 1,
      profile_id: id,
      subject: `checkout:t${id}`,
      state: 'active',
      step: id === 1 ? 'second-wait' : 'first-wait',
      occurrence: 1,
      wake_at: ago(-20),
      context: context(ago(id * 2)),
      revision: 0,
      attempts: 0,
      entered_at: ago(id * 2),
    })),
  )
  await insertRows(db, 'visit', [
    {
      shop_id: shopId,
      enrolment_id: 1,
      step: '@entry',
      occurrence: 1,
      at: ago(2),
      verdict: 'entered',
      seen: { 'this checkout open': true },
    },
    { shop_id: shopId, enrolment_id: 1, step: 'first-wait', occurrence: 1, at: ago(1), verdict: 'waited', seen: {} },
    { shop_id: shopId, enrolment_id: 1, step: 'reminder', occurrence: 1, at: ago(1), verdict: 'queued', seen: {} },
  ])
}
