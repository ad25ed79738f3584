import { expect, test } from 'vitest'
import { buildMessages, buildSendingShop, messageRow } from '#tests/builders/messages.ts'
import { openPost } from '#tests/builders/post.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()

test('a due message is rendered, handed over once and kept with what SendGrid calls it', async () => {
  const post = await openPost(db)
  const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
  expect(await post.deliver()).toBe(1)
  const [mail] = post.standIn.mails()
  expect(mail).toMatchObject({ to: message!.email, from: 'hello@harbour.example', messageId: message!.id })
  expect(await messageRow(db, message!)).toMatchObject({
    state: 'handed_over',
    provider_id: mail!.id,
    subject_line: 'You left your checkout at Harbour Goods open',
    attempts: 1,
    handed_over_at: post.clock.now(),
    claimed_at: post.clock.now(),
  })
  expect(await post.deliver()).toBe(0)
})
