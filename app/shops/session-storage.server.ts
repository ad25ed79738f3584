// Shopify's sessions, kept through Prisma with both tokens sealed: a copy of the database opens no shop.
//
// Shopify's own PrismaSessionStorage keeps tokens in plain text, needs Prisma's classic generated client, and rejects
// unhandled when the database is away at start. A session names no person here: only offline tokens are asked for.

import { Session } from '@shopify/shopify-api'
import type { SessionStorage } from '@shopify/shopify-app-session-storage'
import type { PrismaClient, Session as SessionRow } from '#app/platform/prisma/client.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'

const purpose = 'session'

export function createSessionStorage(prisma: PrismaClient, secrets: Secrets): SessionStorage {
  return {
    async storeSession(session) {
      const row = rowOf(session, secrets)
      await prisma.session.upsert({ where: { id: session.id }, create: row, update: row })
      return true
    },
    async loadSession(id) {
      const row = await prisma.session.findUnique({ where: { id } })
      return row ? sessionOf(row, secrets) : undefined
    },
    async deleteSession(id) {
      await prisma.session.deleteMany({ where: { id } })
      return true
    },
    async deleteSessions(ids) {
      await prisma.session.deleteMany({ where: { id: { in: ids } } })
      return true
    },
    async findSessionsByShop(shop) {
      const rows = await prisma.session.findMany({ where: { shop }, orderBy: { expires: 'desc' }, take: 25 })
      return rows.map((row) => sessionOf(row, secrets))
    },
  }
}

/** A token as it stands in the table: sealed, in base64. */
export function sealToken(token: string, secrets: Secrets): string {
  return secrets.seal(token, purpose).toString('base64')
}

export function openToken(sealed: string, secrets: Secrets): string {
  return secrets.open(Buffer.from(sealed, 'base64'), purpose)
}

function rowOf(session: Session, secrets: Secrets) {
  return {
    id: session.id,
    shop: session.shop,
    state: session.state,
    isOnline: session.isOnline,
    scope: session.scope ?? null,
    expires: session.expires ?? null,
    accessToken: session.accessToken ? sealToken(session.accessToken, secrets) : '',
    refreshToken: session.refreshToken ? sealToken(session.refreshToken, secrets) : null,
    refreshTokenExpires: session.refreshTokenExpires ?? null,
  }
}

function sessionOf(row: SessionRow, secrets: Secrets): Session {
  return new Session({
    id: row.id,
    shop: row.shop,
    state: row.state,
    isOnline: row.isOnline,
    ...(row.scope !== null && { scope: row.scope }),
    ...(row.expires && { expires: row.expires }),
    ...(row.accessToken && { accessToken: openToken(row.accessToken, secrets) }),
    ...(row.refreshToken && { refreshToken: openToken(row.refreshToken, secrets) }),
    ...(row.refreshTokenExpires && { refreshTokenExpires: row.refreshTokenExpires }),
  })
}
