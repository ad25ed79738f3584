// Which access and refresh tokens are alive.
//
// A refresh makes a successor. Until the successor is used (its access token in a call, or its refresh token), the old
// refresh token may be sent again and gets the same successor: an app that lost the answer is not locked out. The first
// use of the successor retires the old pair.
import type { IdSource } from '../ids.ts'

export interface Grant {
  mode: 'offline' | 'online'
  userId: string
  accessToken: string
  accessExpiresAt: Date
  refreshToken: string | null
  refreshExpiresAt: Date
  issuedAt: Date
  predecessor: Grant | null
  successor: Grant | null
}

export interface TokenLedger {
  issue(mode: Grant['mode'], userId: string, now: Date): Grant
  /** The successor of the grant that this refresh token belongs to, or null when it is refused. */
  refresh(refreshToken: string, now: Date): Grant | null
  /** The living grant of an access token; counts as its first use. */
  use(accessToken: string, now: Date): Grant | null
  revokeAll(): void
}

export function tokenLedger(ids: IdSource): TokenLedger {
  const byAccess = new Map<string, Grant>()
  const byRefresh = new Map<string, Grant>()

  function add(mode: Grant['mode'], userId: string, now: Date, predecessor: Grant | null): Grant {
    const isOffline = mode === 'offline'
    const grant: Grant = {
      mode,
      userId,
      accessToken: `${isOffline ? 'shpat' : 'shpua'}_${ids.hex('access-token', 32)}`,
      accessExpiresAt: after(now, isOffline ? offlineSeconds : onlineSeconds),
      refreshToken: isOffline ? `shprt_${ids.hex('refresh-token', 32)}` : null,
      refreshExpiresAt: after(now, refreshSeconds),
      issuedAt: now,
      predecessor,
      successor: null,
    }
    byAccess.set(grant.accessToken, grant)
    if (grant.refreshToken) byRefresh.set(grant.refreshToken, grant)
    return grant
  }

  function retirePredecessor(grant: Grant) {
    if (!grant.predecessor) return
    byAccess.delete(grant.predecessor.accessToken)
    if (grant.predecessor.refreshToken) byRefresh.delete(grant.predecessor.refreshToken)
    grant.predecessor = null
  }

  return {
    issue: (mode, userId, now) => add(mode, userId, now, null),
    refresh(refreshToken, now) {
      const grant = byRefresh.get(refreshToken)
      if (!grant || now >= grant.refreshExpiresAt) return null
      if (grant.successor) return now < after(grant.successor.issuedAt, retrySeconds) ? grant.successor : null
      retirePredecessor(grant)
      grant.successor = add(grant.mode, grant.userId, now, grant)
      return grant.successor
    },
    use(accessToken, now) {
      const grant = byAccess.get(accessToken)
      if (!grant || now >= grant.accessExpiresAt) return null
      retirePredecessor(grant)
      return grant
    },
    revokeAll() {
      byAccess.clear()
      byRefresh.clear()
    },
  }
}

const offlineSeconds = 3600
const onlineSeconds = 86_399
const refreshSeconds = 90 * 86_400
const retrySeconds = 30 * 86_400

function after(date: Date, seconds: number) {
  return new Date(date.getTime() + seconds * 1000)
}
