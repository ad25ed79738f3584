// The Shopify admin around the app, as far as an embedded app sees it: navigation, title bar, save bar, toasts, a frame.
import { mintSessionToken } from '../auth/session-token.ts'
import { hostParameter, type ShopifyContext, storeName } from '../context.ts'
import { html } from '../html.ts'

const navigation = ['Home', 'Orders', 'Products', 'Customers', 'Marketing', 'Discounts', 'Content', 'Analytics']

/** The admin's page with the app at `path` (empty: where the app starts). */
export function adminPage(context: ShopifyContext, path: string): string {
  const { app, store } = context
  const base = `/store/${storeName(context)}/apps/${context.apiKey}`
  const settings = JSON.stringify({ base, appOrigin: new URL(context.appUrl).origin, appName: app.name })
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${app.name} · ${store.shop.name} · Admin</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/admin-assets/admin.css">
</head>
<body data-settings="${settings}">
  <header class="top-bar">
    <span class="brand">sandbox admin</span>
    <span class="search" aria-hidden="true">Search</span>
    <span class="shop"><span class="avatar">${store.shop.name.slice(0, 2)}</span>${store.shop.name}</span>
    <div id="save-bar" class="save-bar" role="region" aria-label="Unsaved changes" hidden>
      <span class="save-text">Unsaved changes</span>
      <button type="button" id="discard">Discard</button>
      <button type="button" id="save" class="primary">Save</button>
    </div>
  </header>
  <nav class="side" aria-label="Admin">
    <ul>${navigation.map((name) => html`<li><span class="item disabled">${name}</span></li>`)}</ul>
    <h2>Sales channels</h2>
    <ul><li><a class="item" href="/storefront" target="_blank">Online Store</a></li></ul>
    <h2>Apps</h2>
    <ul><li><a class="item app current" href="${base}">${app.name}</a><ul id="app-menu"></ul></li></ul>
  </nav>
  <main>
    <div id="loading" class="loading" hidden></div>
    <div class="title-bar">
      <div id="breadcrumb"></div>
      <span class="app-icon">${app.name.slice(0, 1)}</span>
      <h1 id="title">${app.name}</h1>
      <div id="actions"></div>
    </div>
    <iframe id="app" name="app-iframe" title="${app.name}" src="${appAddress(context, path)}" allow="clipboard-write"></iframe>
  </main>
  <div id="toasts" role="status" aria-live="polite"></div>
  <dialog id="question"><p></p><form method="dialog"><button value="no">Stay</button><button value="yes" class="critical">Leave</button></form></dialog>
  <script src="/admin-assets/admin.js"></script>
</body>
</html>`.text
}

/** What the admin shows when the app was uninstalled. */
export function notInstalledPage(context: ShopifyContext): string {
  const install = `/store/${storeName(context)}/oauth/install?client_id=${context.apiKey}`
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${context.app.name} is not installed</title><link rel="stylesheet" href="/admin-assets/admin.css"></head>
<body class="notice">
  <main><h1>${context.app.name} is not installed</h1>
  <p>It asks for: ${context.app.scopes.join(', ')}</p>
  <a class="button primary" href="${install}">Install</a></main>
</body>
</html>`.text
}

/** The app's address as Shopify opens it in the frame. */
function appAddress(context: ShopifyContext, path: string): string {
  const url = new URL(path || context.app.startPath, context.appUrl)
  const parameters = {
    embedded: '1',
    host: hostParameter(context),
    id_token: mintSessionToken(context),
    locale: context.store.shop.locale,
    shop: context.store.shop.domain,
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}
