// POST /admin/oauth/access_token: token exchange and refresh, with Shopify's shapes and refusals.
import { z } from 'zod'
import { assertNever } from '#app/lib/errors.ts'
import type { ShopifyContext } from '../context.ts'
import { type Exchange, readBody, sendJson } from '../http.ts'
import { parseJson } from '../parse-json.ts'
import { userOfSessionToken } from './session-token.ts'
import type { Grant, TokenLedger } from './token-ledger.ts'

/** Answers one request for a token. */
export async function answerTokenRequest(
  context: ShopifyContext,
  ledger: TokenLedger,
  { request, response }: Exchange,
) {
  const body = parseForm(await readBody(request), request.headers['content-type'])
  const result = grantFor(context, ledger, body)
  if ('error' in result) return sendJson(response, result.status, { error: result.error })
  sendJson(response, 200, grantAnswer(context, result.grant))
}

type Outcome = { grant: Grant } | { status: 400 | 401; error: string }

function grantFor(context: ShopifyContext, ledger: TokenLedger, body: unknown): Outcome {
  const parsed = requestSchema.safeParse(body)
  if (!parsed.success) return { status: 400, error: 'invalid_request' }
  const asked = parsed.data
  if (asked.client_id !== context.apiKey || asked.client_secret !== context.apiSecret) {
    return { status: 401, error: 'invalid_client' }
  }
  if (!context.installation.isInstalled) return { status: 400, error: 'app_not_installed' }
  const now = context.credentialClock.now()
  switch (asked.grant_type) {
    case 'refresh_token': {
      const grant = ledger.refresh(asked.refresh_token, now)
      return grant ? { grant } : { status: 400, error: 'invalid_grant' }
    }
    case exchangeGrant: {
      const userId = userOfSessionToken(context, asked.subject_token)
      if (!userId) return { status: 400, error: 'invalid_subject_token' }
      const isOffline = asked.requested_token_type === offlineType
      // New public apps get no offline token that lives for ever.
      if (isOffline && asked.expiring !== '1') return { status: 400, error: 'invalid_request' }
      return { grant: ledger.issue(isOffline ? 'offline' : 'online', userId, now) }
    }
    default:
      return assertNever(asked)
  }
}

function grantAnswer(context: ShopifyContext, grant: Grant) {
  const now = context.credentialClock.now()
  const scope = context.installation.scopes.join(',')
  const answer = { access_token: grant.accessToken, scope, expires_in: secondsUntil(grant.accessExpiresAt, now) }
  if (grant.mode === 'offline') {
    return {
      ...answer,
      refresh_token: grant.refreshToken,
      refresh_token_expires_in: secondsUntil(grant.refreshExpiresAt, now),
    }
  }
  const { shop } = context.store
  const associated_user = {
    id: Number(grant.userId),
    first_name: 'Shop',
    last_name: 'Owner',
    email: shop.email,
    account_owner: true,
    locale: shop.locale,
    collaborator: false,
    email_verified: true,
  }
  return { ...answer, associated_user_scope: scope, associated_user }
}

const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'
const offlineType = 'urn:shopify:params:oauth:token-type:offline-access-token'
const onlineType = 'urn:shopify:params:oauth:token-type:online-access-token'

const client = { client_id: z.string(), client_secret: z.string() }
const requestSchema = z.discriminatedUnion('grant_type', [
  z.object({ ...client, grant_type: z.literal('refresh_token'), refresh_token: z.string() }),
  z.object({
    ...client,
    grant_type: z.literal(exchangeGrant),
    subject_token: z.string(),
    subject_token_type: z.literal('urn:ietf:params:oauth:token-type:id_token'),
    requested_token_type: z.enum([offlineType, onlineType]),
    expiring: z
      .union([z.enum(['0', '1']), z.literal(0), z.literal(1)])
      .transform(String)
      .optional(),
  }),
])

function parseForm(body: string, contentType = ''): unknown {
  if (contentType.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body))
  return parseJson(body)
}

function secondsUntil(then: Date, now: Date) {
  return Math.round((then.getTime() - now.getTime()) / 1000)
}
