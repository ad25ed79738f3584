import { expect, test } from 'vitest'
import { withShop } from '#app/platform/database.server.ts'
import { noteAudit } from '#app/shops/audit.server.ts'
import { buildMessages, buildSendingShop, minutesAfter } from '#tests/builders/messages.ts'
import { insertRows } from '#tests/builders/rows.ts'
import { createTestDatabase } from '#tests/database.ts'
import { readTimeline, type TimelineCursor } from './timeline.server.ts'
import type { TimelineEntry } from './timeline.ts'

const db = await createTestDatabase()
const firstPage: TimelineCursor = { direction: 'after', keys: null }

test("a person's history holds events, mails that went out and that did not, flows and changes by hand, newest first", async () => {
  const person = await buildPast(3)
  await db.pool.query(
    `update message set state = 'skipped', reason = 'no_consent', decided_at = $2 where shop_id = $1`,
    [person.shopId, minutesAfter(30)],
  )
  await db.pool.query(
    `update enrolment set state = 'exited', end_reason = 'ordered', ended_at = $2 where shop_id = $1`,
    [person.shopId, minutesAfter(40)],
  )
  const { rows } = await withShop(db, person.shopId, async (tx) => {
    const entry = { actor: 'staff:7', action: 'profile.suppressed', subject: 'profile', profileId: person.profileId }
    await noteAudit(tx, person.shopId, entry, minutesAfter(50))
    return readTimeline(tx, person.profileId, firstPage)
  })
  expect(rows.map(told)).toEqual([
    'change profile.suppressed',
    'left ordered',
    'message skipped no_consent',
    'event checkout_started',
    'event checkout_started',
    'event checkout_started',
    'entered',
  ])
})

test('page by page everything is told once, also where many things happened at one moment', async () => {
  const person = await buildPast(100, () => minutesAfter(5))
  const keys: string[] = []
  let cursor = firstPage
  for (;;) {
    const { rows, next } = await withShop(db, person.shopId, (tx) => readTimeline(tx, person.profileId, cursor))
    keys.push(...rows.map(({ key }) => key))
    if (next === null) break
    cursor = { direction: 'after', keys: JSON.parse(decodeURIComponent(atob(next))) }
  }
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys).toHaveLength(102)
})

test("of another shop's person nothing is told", async () => {
  const person = await buildPast(3)
  const other = await buildSendingShop(db)
  const { rows } = await withShop(db, other.shopId, (tx) => readTimeline(tx, person.profileId, firstPage))
  expect(rows).toEqual([])
})

async function buildPast(events: number, at = (place: number) => minutesAfter(place + 1)) {
  const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
  await insertRows(
    db,
    'event',
    Array.from({ length: events }, (_, place) => ({
      shop_id: message!.shopId,
      id: place + 1,
      profile_id: message!.profileId,
      type: 'checkout_started',
      occurred_at: at(place),
      received_at: at(place),
      props: {},
    })),
  )
  return message!
}

function told(entry: TimelineEntry) {
  switch (entry.kind) {
    case 'event':
      return `event ${entry.type}`
    case 'message':
      return `message ${entry.state} ${entry.reason}`
    case 'change':
      return `change ${entry.action}`
    case 'entered':
      return 'entered'
    default:
      return `left ${entry.reason}`
  }
}
