// Whom an account's SendGrid no longer sends to, and the reason it gives when it drops a mail.
import type { Occurrence } from './delivery.ts'

export type Suppressions = {
  /** Takes note of what an occurrence means for later mails. */
  learn(apiKey: string, email: string, occurrence: Occurrence): void
  /** SendGrid's reason to drop a mail to `email`, or null. */
  dropReason(apiKey: string, email: string): string | null
}

/** Nobody suppressed yet. */
export function createSuppressions(): Suppressions {
  const reasons = new Map<string, string>()
  return {
    learn(apiKey, email, occurrence) {
      const reason = reasonFrom(occurrence)
      if (reason) reasons.set(entryName(apiKey, email), reason)
    },
    dropReason: (apiKey, email) => reasons.get(entryName(apiKey, email)) ?? null,
  }
}

function reasonFrom(occurrence: Occurrence): string | null {
  if (occurrence.event === 'bounce' && occurrence.type === 'bounce') return 'Bounced Address'
  if (occurrence.event === 'unsubscribe') return 'Unsubscribed Address'
  if (occurrence.event === 'spamreport') return 'Spam Reporting Address'
  return null
}

function entryName(apiKey: string, email: string): string {
  return `${apiKey} ${email.toLowerCase()}`
}
