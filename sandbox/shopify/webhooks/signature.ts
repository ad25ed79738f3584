// The HMAC by which an app knows that a webhook comes from Shopify.
import { createHmac } from 'node:crypto'

/** base64(HMAC-SHA256(raw body bytes, client secret)). */
export function webhookSignature(body: Buffer, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64')
}
