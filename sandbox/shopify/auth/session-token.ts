// Session (ID) tokens: the short-lived JWT by which App Bridge tells the app who looks at it.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { ShopifyContext } from '../context.ts'
import { parseJson } from '../parse-json.ts'

export interface SessionTokenOptions {
  userId?: string
  issuedAt?: Date
  lifetimeSeconds?: number
  audience?: string
  shopDomain?: string
  signWith?: string
}

const ownerUserId = '100000001'

/** Mints a session token as Shopify does; the options make wrong ones for tests. */
export function mintSessionToken(context: ShopifyContext, options: SessionTokenOptions = {}): string {
  const issuedAt = Math.floor((options.issuedAt ?? context.credentialClock.now()).getTime() / 1000)
  const shopUrl = `https://${options.shopDomain ?? context.store.shop.domain}`
  const claims = {
    iss: `${shopUrl}/admin`,
    dest: shopUrl,
    aud: options.audience ?? context.apiKey,
    sub: options.userId ?? ownerUserId,
    exp: issuedAt + (options.lifetimeSeconds ?? 60),
    nbf: issuedAt,
    iat: issuedAt,
    jti: context.ids.uuid('jti'),
    sid: context.ids.hex('sid', 64),
  }
  const unsigned = `${encodePart({ alg: 'HS256', typ: 'JWT' })}.${encodePart(claims)}`
  return `${unsigned}.${signature(unsigned, options.signWith ?? context.apiSecret).toString('base64url')}`
}

/** The user whom a session token names, or null when this shop would not accept the token. */
export function userOfSessionToken(context: ShopifyContext, token: string): string | null {
  const [head, body, signed, ...rest] = token.split('.')
  if (!head || !body || !signed || rest.length > 0) return null
  if (!isSame(Buffer.from(signed, 'base64url'), signature(`${head}.${body}`, context.apiSecret))) return null
  const header = headerSchema.safeParse(decodePart(head))
  const claims = claimsSchema.safeParse(decodePart(body))
  if (!header.success || !claims.success) return null
  const { aud, dest, exp, nbf, sub } = claims.data
  const nowSeconds = context.credentialClock.now().getTime() / 1000
  const isCurrent = nowSeconds < exp + leewaySeconds && nowSeconds >= nbf - leewaySeconds
  return isCurrent && aud === context.apiKey && dest === `https://${context.store.shop.domain}` ? sub : null
}

const leewaySeconds = 10
const headerSchema = z.object({ alg: z.literal('HS256') })
const claimsSchema = z.object({ aud: z.string(), dest: z.string(), exp: z.number(), nbf: z.number(), sub: z.string() })

function signature(text: string, secret: string) {
  return createHmac('sha256', secret).update(text).digest()
}

function isSame(left: Buffer, right: Buffer) {
  return left.length === right.length && timingSafeEqual(left, right)
}

function encodePart(value: unknown) {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decodePart(part: string): unknown {
  return parseJson(Buffer.from(part, 'base64url').toString('utf8'))
}
