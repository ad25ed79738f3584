// What went wrong at peers, told as stories that must end well here. docs/security.md names the tests of the others.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pauseFlow } from '#app/flows/pause-flow.server.ts'
import { publishFlow } from '#app/flows/publish-flow.server.ts'
import { withShop } from '#app/platform/database.server.ts'
import { beginStory } from '#tests/builders/flow-story.ts'
import { checkoutSaid, customerSaid, minute } from '#tests/builders/observations.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const hour = (hours: number) => minute(hours * 60)
const ann = { email: 'ann@x.example', customer: 1 }
const threeMails = [
  { mail: 'reminder', at: hour(1) },
  { mail: 'reassurance', at: hour(24) },
  { mail: 'last-note', at: hour(72) },
]

test('one event that is told four times, at once and later, enters one journey and sends each mail once', async () => {
  const story = await beginStory(db, ['abandoned-checkout'])
  const told = checkoutSaid('checkouts/create', { at: minute(0), ...ann })
  await story.tell(told, told)
  await story.tell({ ...told, receivedAt: minute(20) })
  await story.tell({ ...told, receivedAt: hour(30) })
  await story.until(hour(24 * 30))
  expect(await story.mails()).toEqual(threeMails)
  expect(await story.enrolments()).toHaveLength(1)
})

test('a journey that was resumed sends no mail a second time, however often it was paused', async () => {
  const story = await beginStory(db, ['abandoned-checkout'])
  const flow = await story.flow('abandoned-checkout')
  await story.tell(checkoutSaid('checkouts/create', { at: minute(0), ...ann }))
  for (const at of [hour(2), hour(12), hour(25), hour(80)]) {
    await story.until(at)
    await withShop(db, story.shopId, (tx) => pauseFlow(tx, story.shopId, flow, at))
    await withShop(db, story.shopId, (tx) => publishFlow(tx, story.shopId, flow, 'keep', at))
  }
  await story.until(hour(24 * 30))
  expect((await story.mails()).map(({ mail }) => mail)).toEqual(threeMails.map(({ mail }) => mail))
})

test('a guest and a customer with one address are one person, and get one mail', async () => {
  const story = await beginStory(db, ['abandoned-checkout'])
  await story.tell(
    checkoutSaid('checkouts/create', { at: minute(0), email: 'Ann@X.example', token: 'guest', cart: 'c-1' }),
  )
  await story.tell(customerSaid('customers/create', { at: minute(5), id: 1, email: 'ann@x.example' }))
  await story.tell(checkoutSaid('checkouts/create', { at: minute(10), ...ann, token: 'known', cart: 'c-2' }))
  await story.until(hour(2))
  expect(await story.mails()).toHaveLength(1)
  const { rows } = await db.pool.query(
    `select count(*)::int as people from profile where shop_id = $1 and merged_into is null`,
    [story.shopId],
  )
  expect(rows).toEqual([{ people: 1 }])
})

test('no statement counts up on a row that many share, which would make all of them wait for it', () => {
  const counting = /update (shop|flow|flow_version|message_template|sender)\b[^`]*\bset\b[^`]*\b(\w+) = (?:\w+\.)?\2 \+/
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.server.ts'))
  expect(files.length).toBeGreaterThan(50)
  expect(files.filter((file) => counting.test(readFileSync(`app/${file}`, 'utf8')))).toEqual([
    // A draft's number, which goes up when a merchant saves it.
    'flows/save-draft.server.ts',
  ])
})
