// Cart webhooks: exactly six fields and no hint of whose cart it is, as with Shopify.
import { lineTotalMinor } from '../amounts.ts'
import type { Cart, Line, Shop } from '../model.ts'
import { decimal, jsonId, moneySet } from './json.ts'

/** carts/create and carts/update. */
export function cartPayload(shop: Shop, cart: Cart) {
  return {
    id: cart.token,
    token: cart.token,
    line_items: cart.lines.map((line) => cartLine(shop, line)),
    note: null,
    updated_at: cart.updatedAt.toISOString(),
    created_at: cart.createdAt.toISOString(),
  }
}

function cartLine(shop: Shop, line: Line) {
  const { currency } = shop
  const price = decimal(line.priceMinor, currency)
  const total = decimal(lineTotalMinor(line), currency)
  const none = decimal(0, currency)
  const priceSet = moneySet(price, currency)
  const totalSet = moneySet(total, currency)
  const variantId = jsonId(line.variant.id)
  return {
    id: variantId,
    properties: null,
    quantity: line.quantity,
    variant_id: variantId,
    key: `${line.variant.id}:${line.id}`,
    discounted_price: price,
    discounts: [],
    gift_card: false,
    grams: 0,
    line_price: total,
    original_line_price: total,
    original_price: price,
    price,
    product_id: jsonId(line.product.id),
    sku: line.variant.sku,
    taxable: true,
    title: line.product.title,
    total_discount: none,
    vendor: line.product.vendor,
    discounted_price_set: priceSet,
    line_price_set: totalSet,
    original_line_price_set: totalSet,
    price_set: priceSet,
    total_discount_set: moneySet(none, currency),
    parent_relationship: null,
  }
}
