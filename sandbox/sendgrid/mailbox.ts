// Where accepted mail lies: bounded in what it keeps, exact in what it counts.
import type { Delivery } from './delivery.ts'
import type { ReceivedMail } from './model.ts'

export type KeepMails = number | 'all' | 'none'

export type Counts = {
  /** Mails accepted, one per recipient. */
  received: number
  distinctMessageIds: number
  /** Acceptances of a `message_id` that was accepted before. */
  duplicates: number
  /** Requests not accepted: refused, or dropped on purpose. */
  rejected: number
}

export type StoredMail = { mail: ReceivedMail; delivery: Delivery }

export type Mailbox = {
  add(stored: StoredMail): void
  timesAccepted(messageId: string): number
  countAcceptance(messageId: string): void
  countRejected(): void
  counts(): Counts
  /** Oldest first. */
  all(): StoredMail[]
  find(id: string): StoredMail | null
}

/** An empty mailbox that keeps the newest `keep` mails. */
export function createMailbox(keep: KeepMails): Mailbox {
  const limit = keep === 'all' ? Number.POSITIVE_INFINITY : keep === 'none' ? 0 : keep
  const mails = new Map<string, StoredMail>()
  const acceptances = new Map<string, number>()
  let received = 0
  let duplicates = 0
  let rejected = 0
  return {
    add(stored) {
      received++
      mails.set(stored.mail.id, stored)
      if (mails.size > limit) mails.delete(mails.keys().next().value ?? '')
    },
    timesAccepted: (messageId) => acceptances.get(messageId) ?? 0,
    countAcceptance(messageId) {
      const before = acceptances.get(messageId) ?? 0
      acceptances.set(messageId, before + 1)
      if (before > 0) duplicates++
    },
    countRejected() {
      rejected++
    },
    counts: () => ({ received, distinctMessageIds: acceptances.size, duplicates, rejected }),
    all: () => [...mails.values()],
    find: (id) => mails.get(id) ?? null,
  }
}
