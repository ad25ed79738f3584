// Which SendGrid key a message goes out with: the shop's own, else the installation's.
import type { Secrets } from '#app/platform/secrets.server.ts'
import type { Sender } from './candidates.server.ts'

export type SenderKey = { ok: true; apiKey: string } | { ok: false; reason: string }

export function senderKey(
  { secrets, defaultApiKey }: { secrets: Secrets; defaultApiKey: string | null },
  sender: Sender | null,
): SenderKey {
  if (!sender?.sendgridKey)
    return defaultApiKey === null ? { ok: false, reason: 'no_sendgrid_key' } : { ok: true, apiKey: defaultApiKey }
  try {
    return { ok: true, apiKey: secrets.open(sender.sendgridKey, 'sendgrid key') }
  } catch {
    // Sealed with another ENCRYPTION_KEY, or changed: for this shop it is as good as none.
    return { ok: false, reason: 'sendgrid_key_unreadable' }
  }
}
