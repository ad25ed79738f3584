// Session tokens for the app's calls: asked of the admin, kept until shortly before they expire.
import { askAdmin } from './host-channel.ts'

const marginMs = 10_000

let kept: { token: Promise<string>; expiresAt: number } | null = null

/** A session token that is still good for some seconds. */
export async function idToken(): Promise<string> {
  if (!kept || Date.now() > kept.expiresAt - marginMs) {
    const token = askAdmin({ about: 'id-token' }).then(String)
    kept = { token, expiresAt: Number.POSITIVE_INFINITY }
    kept.expiresAt = expiryOf(await token)
  }
  return kept.token
}

/** Forgets the token that the app refused. */
export function forgetIdToken() {
  kept = null
}

function expiryOf(token: string): number {
  const claims: { exp?: number } = JSON.parse(
    atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')),
  )
  return (claims.exp ?? 0) * 1000
}
