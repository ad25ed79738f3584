// Signs event batches as SendGrid's signed event webhook does: ECDSA P-256 and SHA-256 over timestamp and raw body.
import { generateKeyPairSync, sign } from 'node:crypto'

export const SIGNATURE_HEADER = 'X-Twilio-Email-Event-Webhook-Signature'
export const TIMESTAMP_HEADER = 'X-Twilio-Email-Event-Webhook-Timestamp'

export type EventSigner = {
  /** Base64 of the DER-encoded public key, as SendGrid's settings page shows it. */
  publicKey: string
  sign(timestamp: string, body: string): string
}

/** A signer with a fresh key pair. */
export function createEventSigner(): EventSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    sign: (timestamp, body) => sign('sha256', Buffer.from(timestamp + body), privateKey).toString('base64'),
  }
}
