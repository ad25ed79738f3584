// The offline tokens of each shop for background calls: refreshed before they end, by one process at a time.
//
// A refresh holds the session's row lock while Shopify is asked, and stores the new pair before anyone uses it. A
// process that dies in between leaves the old refresh token, which Shopify takes again until the new pair is used.
import { z } from 'zod'
import { ShopAccessError } from '#app/platform/admin-api/errors.ts'
import type { AccessTokens } from '#app/platform/admin-api/tokens.ts'
import type { Clock } from '#app/platform/clock.server.ts'
import { type Database, type Tx, withSystem } from '#app/platform/database.server.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'
import { openToken, sealToken } from './session-storage.server.ts'

export interface AccessTokenDeps {
  db: Database
  secrets: Secrets
  /** Tokens expire by the real time, also where a sandbox's clock runs faster. */
  clock: Clock
  apiKey: string
  apiSecret: string
}

export interface ShopTokens extends AccessTokens {
  /** Gets a new pair although the old one is good, so that the refresh token doesn't grow old unused. */
  renew(shopDomain: string): Promise<void>
}

/** Enough for a call that is retried a few times. */
const minLeftMs = 5 * 60_000
const refreshTimeoutMs = 10_000

export function createAccessTokens(deps: AccessTokenDeps): ShopTokens {
  const now = () => deps.clock.now()

  /** The stored access token when `isGood`, else a new one; the row is locked meanwhile. */
  function lockedToken(shopDomain: string, isGood: (session: StoredSession) => boolean): Promise<string> {
    return withSystem(deps.db, async (tx) => {
      const session = await readSession(tx, shopDomain, deps.secrets, 'for update')
      if (isGood(session)) return session.accessToken
      const pair = await requestPair(deps, shopDomain, session)
      await storePair(tx, session.id, pair, deps.secrets, now())
      return pair.access_token
    })
  }

  const isFresh = ({ expires }: StoredSession) => expires === null || expires.getTime() - now().getTime() > minLeftMs

  return {
    async current(shopDomain) {
      const session = await withSystem(deps.db, (tx) => readSession(tx, shopDomain, deps.secrets, ''))
      return isFresh(session) ? session.accessToken : lockedToken(shopDomain, isFresh)
    },
    replace: (shopDomain, refused) => lockedToken(shopDomain, ({ accessToken }) => accessToken !== refused),
    async renew(shopDomain) {
      await lockedToken(shopDomain, () => false)
    },
  }
}

interface StoredSession {
  id: string
  accessToken: string
  refreshToken: string | null
  expires: Date | null
}

async function readSession(tx: Tx, shopDomain: string, secrets: Secrets, lock: '' | 'for update') {
  const [row] = await tx.rows<{ id: string; accessToken: string; refreshToken: string | null; expires: Date | null }>(
    ['select id, "accessToken", "refreshToken", expires from session where id = $1', lock].join(' '),
    [`offline_${shopDomain}`],
  )
  if (!row?.accessToken) throw new ShopAccessError(`no session is stored for ${shopDomain}`)
  const { id, expires } = row
  const refreshToken = row.refreshToken && openToken(row.refreshToken, secrets)
  return { id, expires, accessToken: openToken(row.accessToken, secrets), refreshToken }
}

const pairSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1),
  refresh_token_expires_in: z.number().positive(),
  scope: z.string(),
})

async function requestPair(deps: AccessTokenDeps, shopDomain: string, { refreshToken }: StoredSession) {
  if (!refreshToken) throw new ShopAccessError(`the session of ${shopDomain} cannot be refreshed`)
  const response = await fetch(`https://${shopDomain}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      client_id: deps.apiKey,
      client_secret: deps.apiSecret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    }),
    signal: AbortSignal.timeout(refreshTimeoutMs),
  })
  if (response.status >= 400 && response.status < 500 && response.status !== 429) {
    throw new ShopAccessError(`Shopify refuses to refresh the token of ${shopDomain} (${response.status})`)
  }
  if (!response.ok) throw new Error(`Shopify could not refresh a token (${response.status})`)
  // An answer that lacks an expiry must not be stored: the token would never be refreshed again.
  return pairSchema.parse(await response.json())
}

async function storePair(tx: Tx, id: string, pair: z.infer<typeof pairSchema>, secrets: Secrets, now: Date) {
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  await tx.rows(
    'update session set "accessToken" = $2, expires = $3, "refreshToken" = $4, "refreshTokenExpires" = $5, scope = $6 where id = $1',
    [
      id,
      sealToken(pair.access_token, secrets),
      after(pair.expires_in),
      sealToken(pair.refresh_token, secrets),
      after(pair.refresh_token_expires_in),
      pair.scope,
    ],
  )
}
