// Which address of the stand-in is answered by what.
import { adminRoutes } from './admin/routes.ts'
import { answerTokenRequest } from './auth/token-endpoint.ts'
import { answerResultRequest } from './bulk/result-endpoint.ts'
import { type AdminEndpoint, answerAdminRequest } from './graphql/admin-endpoint.ts'
import { apiVersion } from './graphql/schema.ts'
import { type Exchange, type Route, sendJson } from './http.ts'
import { storefrontRoutes } from './storefront/routes.ts'

export function standInRoutes(endpoint: AdminEndpoint): Route[] {
  const { context, ledger, bulk } = endpoint

  /** Calls that the app meant for another shop (the preloaded routing tells which) find nothing here. */
  function ofThisShop(answer: Route['answer']) {
    return (exchange: Exchange) => {
      const host = exchange.request.headers['x-forwarded-host']
      if (host === undefined || host === context.store.shop.domain) return answer(exchange)
      sendJson(exchange.response, 404, { errors: 'Not Found' })
    }
  }

  return [
    {
      method: 'POST',
      pattern: new RegExp(`^/admin/api/${apiVersion}/graphql\\.json$`),
      answer: ofThisShop((exchange) => answerAdminRequest(endpoint, exchange)),
    },
    {
      method: 'POST',
      pattern: /^\/admin\/oauth\/access_token$/,
      answer: ofThisShop((exchange) => answerTokenRequest(context, ledger, exchange)),
    },
    {
      method: 'GET',
      pattern: /^\/bulk-results\/(\d+\.jsonl)$/,
      answer: (exchange) => answerResultRequest(bulk, exchange),
    },
    ...adminRoutes(context),
    ...storefrontRoutes(context),
  ]
}
