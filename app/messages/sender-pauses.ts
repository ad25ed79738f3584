// Which senders have to wait, as this process has learnt from SendGrid: one refusal spares all of a sender's other
// messages a call that would be refused as well. Another process learns it from its own first call.
import type { SenderPause } from './retry.ts'

export interface SenderPauses {
  /** The pause that holds for this key at `now`. */
  find(apiKey: string, now: Date): SenderPause | null
  /** Takes note; a later end outlasts an earlier one. */
  add(apiKey: string, pause: SenderPause): void
}

/** Nobody has to wait yet. */
export function createSenderPauses(): SenderPauses {
  const pauses = new Map<string, SenderPause>()
  return {
    find(apiKey, now) {
      const pause = pauses.get(apiKey)
      if (pause && pause.until <= now) pauses.delete(apiKey)
      return pause && pause.until > now ? pause : null
    },
    add(apiKey, pause) {
      const known = pauses.get(apiKey)
      if (!known || known.until < pause.until) pauses.set(apiKey, pause)
    },
  }
}
