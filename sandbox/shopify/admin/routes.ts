// The addresses of the admin page, its assets and the App Bridge script.
import { readFileSync } from 'node:fs'
import { mintSessionToken } from '../auth/session-token.ts'
import { browserBundle } from '../browser-bundle.ts'
import { type ShopifyContext, storeName } from '../context.ts'
import { type Exchange, type Route, redirect, send, sendHtml, sendJson } from '../http.ts'
import { adminPage, notInstalledPage } from './page.ts'

export function adminRoutes(context: ShopifyContext): Route[] {
  const store = `/store/${storeName(context)}`
  const app = `${store}/apps/(?:${context.apiKey}|${context.app.handle})`
  return [
    {
      method: 'GET',
      pattern: new RegExp(`^${app}/bridge/id-token$`),
      answer: (exchange) => answerToken(context, exchange),
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${app}/bridge/scopes$`),
      answer: (exchange) => answerScopes(context, exchange),
    },
    { method: 'GET', pattern: new RegExp(`^${app}(/.*)?$`), answer: (exchange) => showApp(context, exchange) },
    {
      method: 'GET',
      pattern: new RegExp(`^${store}/oauth/install$`),
      answer: ({ response }) => {
        context.installation.isInstalled = true
        redirect(response, `${store}/apps/${context.apiKey}`)
      },
    },
    {
      method: 'GET',
      pattern: new RegExp(`^(?:/|${store}/?)$`),
      answer: ({ response }) => redirect(response, `${store}/apps/${context.apiKey}`),
    },
    {
      method: 'GET',
      pattern: /^\/app-bridge\.js$/,
      answer: ({ response }) => sendBundle(response, 'app-bridge/main.ts'),
    },
    {
      method: 'GET',
      pattern: /^\/admin-assets\/admin\.js$/,
      answer: ({ response }) => sendBundle(response, 'admin/client/main.ts'),
    },
    {
      method: 'GET',
      pattern: /^\/admin-assets\/admin\.css$/,
      answer: ({ response }) =>
        send(response, 200, 'text/css', readFileSync(new URL('admin.css', import.meta.url), 'utf8')),
    },
  ]
}

/** As in the real admin, filters and cursors in the address reach the app. */
function showApp(context: ShopifyContext, { response, captured, url }: Exchange) {
  const { isInstalled } = context.installation
  const path = captured[0] ? captured[0] + url.search : ''
  sendHtml(response, 200, isInstalled ? adminPage(context, path) : notInstalledPage(context))
}

function answerToken(context: ShopifyContext, { response }: Exchange) {
  sendJson(response, 200, mintSessionToken(context))
}

function answerScopes(context: ShopifyContext, { response }: Exchange) {
  const { installation, app } = context
  const [required, optional] = [app.scopes, app.optionalScopes]
  sendJson(response, 200, { granted: installation.scopes, required, optional })
}

async function sendBundle(response: Exchange['response'], entry: string) {
  send(response, 200, 'text/javascript; charset=utf-8', await browserBundle(entry))
}
