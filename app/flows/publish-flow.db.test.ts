import { expect, test } from 'vitest'
import { withShop } from '#app/platform/database.server.ts'
import { addFlow, beginStory } from '#tests/builders/flow-story.ts'
import { checkoutSaid, minute, orderSaid } from '#tests/builders/observations.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { DefinitionInput } from './definition.ts'
import { installPresets } from './install-presets.server.ts'
import { pauseFlow, resumeFlow } from './pause-flow.server.ts'
import { publishFlow, type Waiting } from './publish-flow.server.ts'
import { saveDraft } from './save-draft.server.ts'

const db = await createTestDatabase()
const hour = (hours: number) => minute(hours * 60)
const day = (days: number) => hour(days * 24)
const ann = { email: 'ann@x.example', customer: 1 }

/** A mail after so many hours, under the step id `mail`. */
const reminder =
  (hours: number, wait = 'pause') =>
  (template: string): DefinitionInput => ({
    trigger: { kind: 'checkout-started' },
    entry: null,
    filter: null,
    reentry: 'always',
    exits: [{ on: 'order_placed', match: 'profile', reason: 'ordered' }],
    start: wait,
    steps: {
      [wait]: { kind: 'wait', duration: { hours }, next: 'mail' },
      mail: { kind: 'send-email', template, class: 'marketing', next: 'done' },
      done: { kind: 'end' },
    },
  })

async function withOneWaiting() {
  const story = await beginStory(db, [])
  let template = ''
  let revision = 0
  const flow = await addFlow(db, story.shopId, 'mine', (saved) => {
    template = saved
    return reminder(1)(saved)
  })
  await story.tell(checkoutSaid('checkouts/create', { at: minute(0), ...ann }))
  const inShop = <Result>(work: (tx: Parameters<typeof publishFlow>[0]) => Promise<Result>) =>
    withShop(db, story.shopId, work)
  const publish = async (definition: (template: string) => DefinitionInput, waiting: Waiting) =>
    inShop(async (tx) => {
      await saveDraft(
        tx,
        story.shopId,
        { flowId: flow, definition: definition(template), revision: revision++ },
        minute(30),
      )
      return publishFlow(tx, story.shopId, flow, waiting, minute(30))
    })
  return { story, flow, inShop, publish }
}

test('1.2 publishing what is live already makes no new version', async () => {
  const { publish } = await withOneWaiting()
  expect(await publish(reminder(1), 'keep')).toEqual({ ok: true, version: 1 })
  expect(await publish(reminder(2), 'keep')).toEqual({ ok: true, version: 2 })
})

test('1.3 who keeps the old version goes on as it says', async () => {
  const { story, publish } = await withOneWaiting()
  await publish(reminder(5), 'keep')
  await story.until(hour(9))
  expect(await story.mails()).toEqual([{ mail: 'mail', at: hour(1) }])
})

test('1.3 who moves waits as the new version says, counted from when the step was reached', async () => {
  const { story, publish } = await withOneWaiting()
  await publish(reminder(5), 'move')
  await story.until(hour(9))
  expect(await story.mails()).toEqual([{ mail: 'mail', at: hour(5) }])
})

test('1.3 who stands on a step that is gone leaves', async () => {
  const { story, publish } = await withOneWaiting()
  await publish(reminder(5, 'another-pause'), 'move')
  expect(await story.enrolments()).toMatchObject([{ state: 'exited', reason: 'step_removed' }])
})

test('1.3 everybody leaves when the merchant says so', async () => {
  const { story, publish } = await withOneWaiting()
  await publish(reminder(5), 'leave')
  expect(await story.enrolments()).toMatchObject([{ state: 'exited', reason: 'flow_republished' }])
})

test('1.3 enrolments under an old version still hear what ends them', async () => {
  const { story, publish } = await withOneWaiting()
  await publish((template) => ({ ...reminder(5)(template), exits: [] }), 'keep')
  await story.tell(orderSaid('orders/create', { at: minute(40), ...ann }))
  expect(await story.enrolments()).toMatchObject([{ state: 'exited', reason: 'ordered' }])
})

test('1.4 a flow whose mail is not saved is not published', async () => {
  const { publish } = await withOneWaiting()
  const published = await publish(() => reminder(3)('00000000-0000-4000-8000-000000000000'), 'keep')
  expect(published).toMatchObject({ ok: false, problems: [{ step: 'mail', field: 'template' }] })
})

test('1.5 a paused flow moves nobody and lets nobody in; resumed, it goes on at once', async () => {
  const { story, flow, inShop } = await withOneWaiting()
  await inShop((tx) => pauseFlow(tx, story.shopId, flow, minute(30)))
  await story.tell(checkoutSaid('checkouts/create', { token: 'k2', at: minute(40), email: 'bob@x.example' }))
  await story.until(day(2))
  expect(await story.mails()).toEqual([])
  expect(await story.enrolments()).toHaveLength(1)
  await inShop((tx) => resumeFlow(tx, story.shopId, flow, day(2)))
  await story.until(day(2))
  expect(await story.mails()).toEqual([{ mail: 'mail', at: day(2) }])
})

test('1.5 a pause that ends before the wait does changes nothing', async () => {
  const { story, flow, inShop } = await withOneWaiting()
  await inShop((tx) => pauseFlow(tx, story.shopId, flow, minute(10)))
  await inShop((tx) => resumeFlow(tx, story.shopId, flow, minute(20)))
  await story.until(day(1))
  expect(await story.mails()).toEqual([{ mail: 'mail', at: hour(1) }])
})

test('3.2 going live sets the timers of those who are yet to be missed, and begins nothing for the overdue', async () => {
  const story = await beginStory(db, [])
  await story.tell(orderSaid('orders/create', { at: minute(0), ...ann }))
  await story.tell(orderSaid('orders/create', { id: 2, at: day(40), email: 'bob@x.example', customer: 2 }))
  const flow = await story.flow('win-back')
  await withShop(db, story.shopId, (tx) => publishFlow(tx, story.shopId, flow, 'keep', day(70)))
  await story.until(day(105))
  expect(await story.mails()).toEqual([{ mail: 'whats-new', at: day(100) }])
})

test('installing the presets again changes nothing', async () => {
  const story = await beginStory(db, ['welcome'])
  const before = await db.pool.query('select * from flow where shop_id = $1 order by id', [story.shopId])
  await withShop(db, story.shopId, (tx) => installPresets(tx, story.shopId, day(1)))
  const after = await db.pool.query('select * from flow where shop_id = $1 order by id', [story.shopId])
  expect(after.rows).toEqual(before.rows)
  expect(after.rows.map(({ key, state, priority }) => [key, state, priority])).toEqual([
    ['abandoned-checkout', 'draft', 10],
    ['abandoned-cart', 'draft', 20],
    ['welcome', 'live', 60],
    ['post-purchase', 'draft', 70],
    ['win-back', 'draft', 80],
  ])
})

test('a draft that was begun from an older one is not saved, and nothing of the newer one is lost', async () => {
  const { story, flow, inShop } = await withOneWaiting()
  const save = (hours: number, revision: number) => {
    const draft = { flowId: flow, definition: reminder(hours)('6f1f7c8c-4a6b-5b0e-9d5a-2f0c7e3b9a11'), revision }
    return inShop((tx) => saveDraft(tx, story.shopId, draft, minute(30)))
  }
  expect(await save(2, 0)).toEqual({ ok: true, revision: 1 })
  expect(await save(3, 0)).toEqual({ ok: false, reason: 'stale', revision: 1 })
  const { rows } = await db.pool.query('select draft from flow where shop_id = $1 and id = $2', [story.shopId, flow])
  expect(rows[0].draft.steps.pause.duration).toEqual({ hours: 2 })
  expect(await save(3, 1)).toEqual({ ok: true, revision: 2 })
})
