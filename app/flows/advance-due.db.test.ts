import { expect, test } from 'vitest'
import { type SystemTx, withSystem } from '#app/platform/database.server.ts'
import { addFlow, beginStory } from '#tests/builders/flow-story.ts'
import { checkoutSaid, minute, orderSaid } from '#tests/builders/observations.ts'
import { createTestDatabase } from '#tests/database.ts'
import { advanceDue } from './advance-due.server.ts'
import type { DefinitionInput } from './definition.ts'
import { putOffNext } from './put-off-next.server.ts'

const db = await createTestDatabase()
const hour = (hours: number) => minute(hours * 60)
const ann = { email: 'ann@x.example', customer: 1 }

const reminder = (template: string): DefinitionInput => ({
  trigger: { kind: 'checkout-started' },
  entry: null,
  filter: null,
  reentry: 'always',
  exits: [],
  start: 'pause',
  steps: {
    pause: { kind: 'wait', duration: { hours: 1 }, next: 'regular' },
    regular: {
      kind: 'branch',
      condition: { kind: 'order-count', count: { is: 'at-least', times: 1 } },
      yes: 'done',
      no: 'mail',
    },
    mail: { kind: 'send-email', template, class: 'marketing', next: 'done' },
    done: { kind: 'end' },
  },
})

async function withWaiting(people: number) {
  const story = await beginStory(db, [])
  await addFlow(db, story.shopId, 'mine', reminder)
  const checkouts = Array.from({ length: people }, (_, index) =>
    checkoutSaid('checkouts/create', {
      token: `k${index}`,
      cart: `c${index}`,
      at: minute(0),
      email: `p${index}@x.example`,
    }),
  )
  await story.tell(...checkouts)
  return story
}

/** A transaction that notes its statements, and fails those that `failing` matches. */
function watched(tx: SystemTx, failing?: RegExp) {
  const statements: string[] = []
  const rows: SystemTx['rows'] = (sql, values) => {
    statements.push(sql)
    return failing?.test(sql) ? tx.rows('select 1 / 0') : tx.rows(sql, values)
  }
  return { statements, tx: { system: true, rows } satisfies SystemTx }
}

test('7.3 a pass in which nothing is due is one statement', async () => {
  const story = await withWaiting(1)
  await withSystem(db, async (plain) => {
    const { statements, tx } = watched(plain)
    expect(await advanceDue(tx, [story.shopId], 10, minute(30))).toBe(0)
    expect(statements).toHaveLength(1)
  })
})

test('a hundred that are due take as many statements as one', async () => {
  const story = await withWaiting(100)
  await withSystem(db, async (plain) => {
    const { statements, tx } = watched(plain)
    expect(await advanceDue(tx, [story.shopId], 200, hour(1))).toBe(100)
    // What is due, the branch's condition, the enrolments with their visits, the messages, the lane.
    expect(statements).toHaveLength(5)
  })
  expect(await story.mails()).toHaveLength(100)
})

test('each shop gets its share, the longest waiting first', async () => {
  const many = await withWaiting(9)
  const few = await withWaiting(2)
  await withSystem(db, async (tx) => {
    expect(await advanceDue(tx, [many.shopId, few.shopId], 4, hour(1))).toBe(6)
  })
  expect(await many.mails()).toHaveLength(4)
  expect(await few.mails()).toHaveLength(2)
})

test('5.5 and 5.7 every step leaves a visit with what it saw, and the message’s id is derived from its visit', async () => {
  const story = await withWaiting(1)
  await story.until(hour(2))
  const { rows } = await db.pool.query(
    'select step, occurrence, verdict, seen from visit where shop_id = $1 order by at, step desc',
    [story.shopId],
  )
  expect(rows).toEqual([
    { step: 'regular', occurrence: 1, verdict: 'no', seen: { orders: 0 } },
    { step: 'pause', occurrence: 1, verdict: 'waited', seen: { until: hour(1).toISOString() } },
    { step: 'mail', occurrence: 1, verdict: 'queued', seen: {} },
    { step: 'done', occurrence: 1, verdict: 'ended', seen: {} },
  ])
})

test('5.7 and 7.4 what another has changed meanwhile is left alone, and nothing is sent for it', async () => {
  const story = await withWaiting(1)
  await withSystem(db, async (plain) => {
    const rows: SystemTx['rows'] = async (sql, values) => {
      const found = await plain.rows(sql, values)
      if (sql.includes('is_absence'))
        await plain.rows('update enrolment set revision = revision + 1 where shop_id = $1', [story.shopId])
      return found as never
    }
    await advanceDue({ system: true, rows }, [story.shopId], 10, hour(1))
  })
  expect(await story.mails()).toEqual([])
  expect(await story.enrolments()).toMatchObject([{ state: 'active', step: 'pause' }])
})

test('5.8 a condition that PostgreSQL cannot answer fails the step of whoever was put off for it, and nobody else', async () => {
  const story = await withWaiting(2)
  const broken = /shop_order/
  await expect(
    withSystem(db, (plain) => advanceDue(watched(plain, broken).tx, [story.shopId], 10, hour(1))),
  ).rejects.toThrow('division by zero')
  await withSystem(db, (tx) => putOffNext(tx, story.shopId, 'division by zero', hour(1)))
  await story.until(hour(1))
  expect(await story.mails()).toHaveLength(1)
  await withSystem(db, (plain) => advanceDue(watched(plain, broken).tx, [story.shopId], 10, minute(61)))
  const { rows } = await db.pool.query(`select seen from visit where shop_id = $1 and verdict = 'failed'`, [
    story.shopId,
  ])
  expect(rows).toEqual([{ seen: { reason: 'unanswerable_22012' } }])
  expect(await story.mails()).toHaveLength(2)
})

test('5.9 an enrolment that cannot be moved is tried again and ended after the fifth time, the others go on', async () => {
  const story = await withWaiting(2)
  await db.pool.query(
    `insert into flow_version (shop_id, flow_id, version, definition, published_at)
     select shop_id, flow_id, 99, '{}', published_at from flow_version where shop_id = $1`,
    [story.shopId],
  )
  await db.pool.query(
    `update enrolment set version = 99 where shop_id = $1 and id = (select min(id) from enrolment where shop_id = $1)`,
    [story.shopId],
  )
  await story.until(hour(1))
  expect(await story.mails()).toHaveLength(1)
  await story.until(hour(10))
  const { rows } = await db.pool.query(
    'select state, end_reason, attempts, ended_at from enrolment where shop_id = $1 and version = 99',
    [story.shopId],
  )
  expect(rows).toEqual([{ state: 'failed', end_reason: 'failed', attempts: 5, ended_at: minute(60 + 1 + 4 + 16 + 64) }])
})

test('3.3 an absence that is completed enters by the rules of entering', async () => {
  const story = await beginStory(db, ['win-back'])
  await story.tell(orderSaid('orders/create', { at: minute(0), ...ann }))
  await withSystem(db, async (plain) => {
    const { statements, tx } = watched(plain)
    expect(await advanceDue(tx, [story.shopId], 10, hour(60 * 24))).toBe(1)
    // What is due, its timer, the past and exits, the entry condition, the enrolment with its visits, the message, the lane.
    expect(statements).toHaveLength(7)
  })
  const { rows } = await db.pool.query(`select verdict, seen from visit where shop_id = $1 and step = '@entry'`, [
    story.shopId,
  ])
  expect(rows).toEqual([{ verdict: 'entered', seen: { orders: 1 } }])
})
