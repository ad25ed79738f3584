// Proves the first promise under fire: workers are killed at any moment, and no mail goes twice, and none is lost.
import { expect, test } from 'vitest'
import type { Database } from '#app/platform/database.server.ts'
import { createTestDatabase } from '#tests/database.ts'
import { countDoubts } from './doubts.ts'
import { broken, unfinished, workedOff } from './invariants.ts'
import { listEndings, messagesBelievedSent, type SentMail, sentMails } from './mails.ts'
import { runUnderKills, runUndisturbed } from './runs.ts'

/** Another seed is another piece of history, and other moments of death. */
const seed = process.env.FAULT_SEED ?? '1'
const hourMs = 3_600_000
/** Where time stands still: every wait of an abandonment mail is over by then. */
const lengthMs = 8 * 24 * hourMs
/** While workers are killed again and again mails are late, by the fast clock's hours. */
const longestLagMs = 16 * hourMs

const killedDb = await createTestDatabase()
const undisturbedDb = await createTestDatabase()

test('fault 2: whenever workers are killed, no mail goes out twice and none is lost', {
  timeout: 240_000,
}, async () => {
  const startAt = new Date()
  const until = new Date(startAt.getTime() + lengthMs)
  const killed = await runUnderKills({ db: killedDb, seed, startAt, until })
  const mails = await sentMails(killed.stage)
  const doubts = await countDoubts(killedDb)

  expect(await unfinished(killedDb, until)).toSatisfy(allZero)
  expect(await workedOff(killedDb), 'each accepted delivery, once').toEqual(killed.accepted)
  expect(await broken(killedDb)).toSatisfy(allZero)
  const { received, distinctMessageIds, duplicates } = killed.stage.sendgrid.counts()
  expect({ received, duplicates }).toEqual({ received: distinctMessageIds, duplicates: 0 })
  expect(await messagesBelievedSent(killedDb)).toEqual(mails.map(({ messageId }) => messageId).sort())
  expect(killed.logged).not.toHaveProperty(['lane.wake_up_was_lost'])
  expect(killed.logged).not.toHaveProperty(['worker.turn_failed'])
  expect(killed.kills).toBeGreaterThanOrEqual(50)
  expect(doubts.workersLost, 'mails in doubt because a kill hit their call').toBeGreaterThan(0)

  const undisturbed = await runUndisturbed({ db: undisturbedDb, seed, startAt, until })
  const expected = await sentMails(undisturbed)
  await Promise.all([killed.stage.close(), undisturbed.close()])
  expect(without(mails, expected), 'mails that nobody should have got').toEqual([])
  const lost = await unexplained(without(expected, mails), killedDb)
  expect(lost, 'mails that were lost').toEqual([])
  expect(mails.length).toBeGreaterThan(expected.length / 2)
})

const allZero = (counts: Record<string, number>) => Object.values(counts).every((count) => count === 0)

function without(mails: readonly SentMail[], others: readonly SentMail[]): SentMail[] {
  const known = new Set(others.map(({ key }) => key))
  return mails.filter(({ key }) => !known.has(key))
}

/** A mail that the kills made late may find itself pointless when its turn comes: its reader has ordered meanwhile. */
async function unexplained(missing: readonly SentMail[], db: Database): Promise<SentMail[]> {
  const endings = await listEndings(db)
  return missing.filter(
    ({ email, at }) =>
      !endings.some(
        (ending) => ending.email === email && ending.at >= at && ending.at.getTime() <= at.getTime() + longestLagMs,
      ),
  )
}
