// Shopify's signature: HMAC-SHA256 over the raw bytes with the app's secret, or with the one before it while it rotates.
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'

/** Says whether `signature` (base64) was made over `body` with one of the secrets, in constant time. */
export type ShopifyVerifier = (body: Buffer, signature: string) => boolean

/** @param secrets the app's client secret and, for the hour in which Shopify may still use it, the previous one */
export function createShopifyVerifier(secrets: readonly string[]): ShopifyVerifier {
  const keys = secrets.map((secret) => createSecretKey(secret, 'utf8'))
  return (body, signature) => {
    const given = Buffer.from(signature, 'base64')
    if (given.length !== 32) return false
    return keys.some((key) => timingSafeEqual(given, createHmac('sha256', key).update(body).digest()))
  }
}
