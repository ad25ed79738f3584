// The frame of every storefront page.
import { formatMoney } from '#app/lib/money.ts'
import type { ShopifyContext } from '../context.ts'
import { type Html, html } from '../html.ts'

/** A whole page of the shop around `content`. */
export function storefrontPage(context: ShopifyContext, title: string, content: Html): string {
  const { shop } = context.store
  return html`<!doctype html>
<html lang="${shop.locale}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} – ${shop.name}</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/storefront/assets/storefront.css">
</head>
<body>
  <header><a href="/storefront">${shop.name}</a></header>
  <main>${content}</main>
  <footer>${shop.name} · ${shop.address.city}, ${shop.address.country}</footer>
</body>
</html>`.text
}

export function price(context: ShopifyContext, amountMinor: number): string {
  const { currency, locale } = context.store.shop
  return formatMoney({ amountMinor, currency }, locale)
}
