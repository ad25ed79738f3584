// Shopify's signature: HMAC-SHA256 over the raw bytes with the app's secret, or with the one before it while it rotates.
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'

/** Says whether `signature` (base64) was made over `body` with one of the secrets, in constant time. */
export type ShopifyVerifier = (body: Buffer, signature: string) => boolean

/** Whether `text` can be a signature at all: 32 bytes in base64. What cannot is refused before its body is read. */
export const looksShopifySigned = (text: string | null): text is string => /^[A-Za-z0-9+/]{43}=$/.test(text ?? '')

/** @param secrets the app's client secret and, for the hour in which Shopify may still use it, the previous one */
export function createShopifyVerifier(secrets: readonly string[]): ShopifyVerifier {
  const keys = secrets.map((secret) => createSecretKey(secret, 'utf8'))
  return (body, signature) => {
    const given = Buffer.from(signature, 'base64')
    if (given.length !== 32) return false
    return keys.some((key) => timingSafeEqual(given, createHmac('sha256', key).update(body).digest()))
  }
}
