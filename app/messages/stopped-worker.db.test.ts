// Proves that a worker which was stopped for longer than its lease does not hand over what others have taken on since.
import { expect, test } from 'vitest'
import { buildMessages, buildSendingShop, messageRow, minutesAfter } from '#tests/builders/messages.ts'
import { openPost } from '#tests/builders/post.ts'
import { createTestDatabase } from '#tests/database.ts'
import { deliverDue } from './delivery.server.ts'

const db = await createTestDatabase()

test('fault 2: a worker that wakes after its lease calls nobody, and its mail goes out later', async () => {
  const post = await openPost(db, { leaseMs: 60_000 })
  const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
  let asked = 0
  // It looks at the clock once before the claim and once before the call: in between it was stopped.
  await deliverDue({ ...post.deps, realMs: () => (asked++ === 0 ? 0 : 61_000) })
  expect(post.standIn.counts().received).toBe(0)
  expect(await messageRow(db, message!)).toMatchObject({ state: 'queued', reason: 'worker_was_stopped' })
  await post.deliver(minutesAfter(1))
  expect(post.standIn.counts()).toMatchObject({ received: 1, duplicates: 0 })
})
