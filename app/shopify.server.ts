// Shopify's app library, made once by the composition root: sessions, authentication and headers of the embedded pages.
import '@shopify/shopify-app-remix/adapters/node'
import { ApiVersion, LogSeverity } from '@shopify/shopify-api'
import { AppDistribution, shopifyApp } from '@shopify/shopify-app-remix/server'
import type { Env } from '#app/platform/env.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { PrismaClient } from '#app/platform/prisma/client.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'
import { createSessionStorage } from '#app/shops/session-storage.server.ts'

export interface ShopifyDeps {
  env: Env
  log: Log
  prisma: PrismaClient
  secrets: Secrets
  /** Called after each token exchange, which is about once an hour for a shop in use. */
  afterAuth(grant: { domain: string; scopes: string }): Promise<unknown>
}

export function createShopify({ env, log, prisma, secrets, afterAuth }: ShopifyDeps) {
  return shopifyApp({
    apiKey: env.SHOPIFY_API_KEY,
    apiSecretKey: env.SHOPIFY_API_SECRET,
    apiVersion: ApiVersion.October26,
    scopes: env.SCOPES?.split(','),
    appUrl: env.SHOPIFY_APP_URL,
    authPathPrefix: '/auth',
    sessionStorage: createSessionStorage(prisma, secrets),
    distribution: AppDistribution.AppStore,
    hooks: {
      afterAuth: async ({ session }) => void (await afterAuth({ domain: session.shop, scopes: session.scope ?? '' })),
    },
    logger: { level: LogSeverity.Warning, log: async (severity, message) => passOn(log, severity, message) },
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  })
}

function passOn(log: Log, severity: LogSeverity, message: string) {
  if (severity === LogSeverity.Error) log.error({ message }, 'shopify.library')
  else log.warn({ message }, 'shopify.library')
}
