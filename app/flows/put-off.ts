// An enrolment that can't be moved tries again later, and gives up when that has happened too often.
import { type Change, endedAs } from './enrolment.ts'

const maxAttempts = 5

/** Tries again after 1, 4, 16 and 64 minutes; the fifth failure is the last. What it wanted to send is forgotten. */
export function putOff(change: Change, problem: string, now: Date): Change {
  const { enrolment } = change
  const attempts = enrolment.attempts + 1
  if (attempts < maxAttempts) {
    const wakeAt = new Date(now.getTime() + 60_000 * 4 ** (attempts - 1))
    return { ...change, enrolment: { ...enrolment, attempts, wakeAt } }
  }
  const visit = {
    step: enrolment.step,
    occurrence: enrolment.occurrence,
    at: now,
    verdict: 'failed',
    seen: { problem },
  }
  const ended = { ...endedAs(enrolment, 'failed', 'failed', now), attempts }
  return { ...change, enrolment: ended, visits: [...change.visits, visit] }
}
