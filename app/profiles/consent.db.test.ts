import { expect, test } from 'vitest'
import type { ConsentFact } from '#app/events/observation.ts'
import { profileId } from '#app/lib/ids.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { minute } from '#tests/builders/observations.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { recordConsent } from './consent.server.ts'
import { recordStatements } from './record-statements.server.ts'
import { findSuppressed, liftSuppression, suppress } from './suppression.server.ts'

const db = await createTestDatabase()
const now = new Date('2026-06-02T00:00:00Z')
const fact = (state: ConsentFact['state'], at: Date | null): ConsentFact => ({ state, at, level: null, source: 'page' })

async function buildSubscriber() {
  const shopId = await buildShop(db)
  const statement = {
    shopId,
    identity: { customerId: 'c1' },
    at: minute(1),
    createIfMissing: true,
    isInteraction: true,
  }
  const { outcomes } = await withSystem(db, (tx) =>
    recordStatements(tx, [{ ...statement, consent: fact('subscribed', minute(10)) }], now, 'pepper'),
  )
  return { shopId, profileId: outcomes[0]!.profileId! }
}

test('the ledger keeps every statement once, the profile the newest, and only a change is reported', async () => {
  const person = await buildSubscriber()
  const entries = [
    { ...person, fact: fact('unsubscribed', minute(5)) },
    { ...person, fact: fact('unsubscribed', minute(20)) },
    { ...person, fact: fact('unsubscribed', minute(20)) },
    { shopId: person.shopId, profileId: profileId(999_999), fact: fact('subscribed', minute(30)) },
  ]
  const transitions = await withSystem(db, (tx) => recordConsent(tx, entries, now))
  expect(transitions).toEqual([{ ...person, became: 'unsubscribed', fact: entries[1]!.fact }])
  const ledger = await withSystem(db, (tx) =>
    tx.rows(`select state, occurred_at as at from consent_entry where shop_id = $1 order by occurred_at`, [
      person.shopId,
    ]),
  )
  expect(ledger).toEqual([
    { state: 'unsubscribed', at: minute(5) },
    { state: 'subscribed', at: minute(10) },
    { state: 'unsubscribed', at: minute(20) },
  ])
})

test('an address stays suppressed for its first reason until it is lifted, in its own shop only', async () => {
  const mine = await buildShop(db)
  const other = await buildShop(db)
  const address = { shopId: mine, emailHash: 'h' }
  await withSystem(db, async (tx) => {
    await suppress(tx, [{ ...address, reason: 'bounced' }], now)
    await suppress(tx, [{ ...address, reason: 'complained' }], now)
    const found = await findSuppressed(tx, [address, { shopId: other, emailHash: 'h' }])
    expect(found).toEqual([{ ...address, reason: 'bounced', messageId: null }])
    await liftSuppression(tx, [address])
    expect(await findSuppressed(tx, [address])).toEqual([])
  })
})
