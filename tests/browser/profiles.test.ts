import { test } from 'vitest'
import { installPresets } from '#app/flows/install-presets.server.ts'
import { publishFlow } from '#app/flows/publish-flow.server.ts'
import { flowId } from '#app/lib/ids.ts'
import { withShop } from '#app/platform/database.server.ts'
import { buildKnownPerson, knownAt } from '#tests/builders/known-person.ts'
import { createTestDatabase } from '#tests/database.ts'
import { startAdmin } from './open-admin.ts'

const db = await createTestDatabase()
const admin = await startAdmin(db)

test('without people, the list says when there will be some', async () => {
  const { app, screenshot, expectAccessible } = await admin.open('/app/profiles')
  await app.getByText('Nobody here yet').waitFor()
  await screenshot('profiles-empty')
  await expectAccessible()
})

test('a person is found by the beginning of a name, and the page tells everything', async () => {
  const person = await buildPerson()
  for (const width of [1280, 390] as const) {
    const list = await admin.open('/app/profiles?q=lee', { width })
    await list.app.getByRole('link', { name: 'Ann Lee' }).waitFor()
    await list.screenshot('profiles')
    await list.expectAccessible()
    await list.app.getByRole('link', { name: 'Ann Lee' }).click()
    await list.app.getByRole('heading', { name: 'History' }).waitFor()
    await list.screenshot('profile')
    await list.expectAccessible()
  }
  const german = await admin.open(`/app/profiles/${person.profileId}`, { locale: 'de', width: 390 })
  await german.app.getByText('der Filter des Ablaufs ließ sie nicht durch').waitFor()
  await german.expectAccessible()
})

test('the log leads to a mail with what was asked before sending', async () => {
  for (const width of [1280, 390] as const) {
    const { app, screenshot, expectAccessible } = await admin.open('/app/messages', { width })
    await app.getByRole('link', { name: 'You left something behind' }).waitFor()
    await screenshot('messages')
    await expectAccessible()
    await app.getByRole('link', { name: 'You left something behind' }).click()
    await app.getByRole('heading', { name: 'What was asked before sending' }).waitFor()
    await screenshot('message')
    await expectAccessible()
  }
})

test('nobody found is said with a way on', async () => {
  const { app, screenshot, expectAccessible } = await admin.open('/app/profiles?q=nobody', { width: 390 })
  await app.getByText('Nothing found').waitFor()
  await screenshot('profiles-none')
  await expectAccessible()
})

test('mail is stopped after one question, noted in the history, and allowed again', async () => {
  const { rows } = await db.pool.query('select id from profile where shop_id = $1', [admin.shopId])
  const { app, expectAccessible } = await admin.open(`/app/profiles/${rows[0].id}`)
  await app.getByRole('button', { name: 'Stop all mail' }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Stop all mail' }).click()
  await app.getByText('All mail was stopped').waitFor()
  await expectAccessible()
  await app.getByRole('button', { name: 'Allow mail again' }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Allow mail' }).click()
  await app.getByText('Mail was allowed again').waitFor()
})

async function buildPerson() {
  const { shopId } = admin
  return withShop(db, shopId, async (tx) => {
    await installPresets(tx, shopId, knownAt)
    const [flow] = await tx.rows<{ id: number }>(
      `select id from flow where shop_id = $1 and key = 'abandoned-checkout'`,
      [shopId],
    )
    await publishFlow(tx, shopId, flowId(flow!.id), 'keep', knownAt)
  }).then(() => buildKnownPerson(db, shopId))
}
