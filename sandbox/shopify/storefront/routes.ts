// The addresses of the small storefront: products with their pictures, carts, and an abandoned checkout that can be finished.
import { readFileSync } from 'node:fs'
import { linesTotalMinor, lineTotalMinor } from '#sandbox/store/amounts.ts'
import type { Line, Product } from '#sandbox/store/model.ts'
import type { ShopifyContext } from '../context.ts'
import { type Html, html } from '../html.ts'
import { type Exchange, type Route, redirect, send, sendHtml } from '../http.ts'
import { price, storefrontPage } from './page.ts'
import { productPicture } from './picture.ts'
import { productsInOrder } from './products-in-order.ts'

export function storefrontRoutes(context: ShopifyContext): Route[] {
  const get = (pattern: RegExp, answer: (context: ShopifyContext, exchange: Exchange) => unknown): Route => ({
    method: 'GET',
    pattern,
    answer: (exchange) => answer(context, exchange),
  })
  return [
    get(/^\/storefront(?:\/|\/collections\/all)?$/, showProducts),
    get(/^\/storefront\/assets\/storefront\.css$/, sendStyle),
    get(/^\/storefront\/images\/(\d+)\.svg$/, sendPicture),
    get(/^\/storefront\/products\/([^/]+)$/, showProduct),
    get(/^\/storefront\/cart\/([\d:,]+)$/, showCart),
    // As with Shopify, checkouts are at the root.
    get(/^(?:\/storefront)?\/checkouts\/([^/]+)\/recover$/, showCheckout),
    {
      method: 'POST',
      pattern: /^\/storefront\/checkouts\/([^/]+)\/orders$/,
      answer: (exchange) => placeOrder(context, exchange),
    },
  ]
}

function showProducts(context: ShopifyContext, { response, url }: Exchange) {
  const shown = productsInOrder(context.store, url.searchParams.get('sort_by')).slice(0, 48)
  const cards = shown.map(
    (product) => html`<a href="/storefront/products/${product.handle}">${picture(product)}
      <div>${product.title}</div><div class="price">${lowestPrice(context, product)}</div></a>`,
  )
  sendHtml(response, 200, storefrontPage(context, 'Products', html`<div class="grid">${cards}</div>`))
}

function sendStyle(_context: ShopifyContext, { response }: Exchange) {
  const style = readFileSync(new URL('storefront.css', import.meta.url), 'utf8')
  send(response, 200, 'text/css', style)
}

function sendPicture(context: ShopifyContext, { response, captured }: Exchange) {
  const product = context.store.products.get(captured[0] ?? '')
  if (product) send(response, 200, 'image/svg+xml', productPicture(product))
  else notFound(context, response)
}

function showProduct(context: ShopifyContext, { response, captured }: Exchange) {
  const product = [...context.store.products.values()].find(({ handle }) => handle === captured[0])
  if (!product) return notFound(context, response)
  const stock = product.variants.some(({ inventory }) => inventory > 0) ? 'In stock' : 'Sold out'
  const content = html`<div class="product"><div>${picture(product)}</div><div><h1>${product.title}</h1>
    <p class="price">${lowestPrice(context, product)}</p><p>${stock}</p><p>${product.productType}</p></div></div>`
  sendHtml(response, 200, storefrontPage(context, product.title, content))
}

function showCheckout(context: ShopifyContext, { response, captured }: Exchange) {
  const checkout = context.store.checkouts.get(captured[0] ?? '')
  if (!checkout) return notFound(context, response)
  const end = checkout.completedAt
    ? html`<p>This order has been placed. Thank you!</p>`
    : html`<form method="post" action="/storefront/checkouts/${checkout.token}/orders"><button>Place order</button></form>`
  sendHtml(
    response,
    200,
    storefrontPage(context, 'Checkout', html`<h1>Checkout</h1>${basket(context, checkout.lines)}${end}`),
  )
}

/** What a cart permalink names: `VARIANT:QUANTITY,…`. */
function showCart(context: ShopifyContext, { response, captured }: Exchange) {
  const quantities = new Map((captured[0] ?? '').split(',').map(variantAndQuantity))
  const lines = [...context.store.products.values()].flatMap((product) =>
    product.variants.flatMap((variant): Line[] => {
      const quantity = quantities.get(variant.id) ?? 0
      return quantity > 0 ? [{ id: variant.id, product, variant, quantity, priceMinor: variant.priceMinor }] : []
    }),
  )
  if (lines.length === 0) return notFound(context, response)
  const content = html`<h1>Your cart</h1>${basket(context, lines)}<p><a href="/storefront">Continue shopping</a></p>`
  sendHtml(response, 200, storefrontPage(context, 'Your cart', content))
}

function variantAndQuantity(part: string): [string, number] {
  const [variantId = '', quantity] = part.split(':')
  return [variantId, Number(quantity) || 0]
}

async function placeOrder(context: ShopifyContext, { response, captured }: Exchange) {
  const checkout = context.store.checkouts.get(captured[0] ?? '')
  if (!checkout) return notFound(context, response)
  if (!checkout.completedAt) await context.hooks.onPlaceOrder?.(checkout.token)
  redirect(response, `/storefront/checkouts/${checkout.token}/recover`)
}

function basket(context: ShopifyContext, lines: readonly Line[]): Html {
  const rows = lines.map(
    (line) => html`<tr><td>${picture(line.product)}</td><td>${line.product.title}</td><td>× ${line.quantity}</td>
      <td>${price(context, lineTotalMinor(line))}</td></tr>`,
  )
  const total = price(context, linesTotalMinor(lines))
  return html`<table>${rows}<tr><td></td><td>Total</td><td></td><td><strong>${total}</strong></td></tr></table>`
}

function picture(product: Product): Html {
  return html`<img src="/storefront/images/${product.id}.svg" alt="${product.title}" loading="lazy">`
}

function lowestPrice(context: ShopifyContext, { variants }: Product): string {
  return price(context, Math.min(...variants.map(({ priceMinor }) => priceMinor)))
}

function notFound(context: ShopifyContext, response: Exchange['response']) {
  sendHtml(response, 404, storefrontPage(context, 'Not found', html`<h1>Not found</h1>`))
}
