// Checkout webhooks: they tie a cart to an e-mail address; since 2026-04 without an id, so the token is the key.
import { linesTotalMinor, lineTotalMinor } from '../amounts.ts'
import type { Checkout, Line, Shop } from '../model.ts'
import { postalAddress } from './address.ts'
import { customerFields } from './customer.ts'
import { decimal, jsonId, shopTime, shopTimeOrNull } from './json.ts'

/** checkouts/create and checkouts/update. */
export function checkoutPayload(shop: Shop, checkout: Checkout) {
  const { customer } = checkout
  const address = postalAddress(customer, customer?.countryCode ?? shop.countryCode)
  return {
    token: checkout.token,
    cart_token: checkout.cartToken,
    email: checkout.email,
    gateway: null,
    buyer_accepts_marketing: customer?.consent.state === 'subscribed',
    created_at: shopTime(checkout.createdAt, shop.timezone),
    updated_at: shopTime(checkout.updatedAt, shop.timezone),
    landing_site: null,
    note: null,
    note_attributes: [],
    referring_site: null,
    shipping_lines: [],
    taxes_included: true,
    total_weight: 0,
    currency: shop.currency,
    completed_at: shopTimeOrNull(checkout.completedAt, shop.timezone),
    closed_at: null,
    user_id: null,
    location_id: null,
    source_identifier: null,
    source_url: null,
    device_id: null,
    phone: customer?.phone ?? null,
    customer_locale: customer?.locale ?? shop.locale,
    line_items: checkout.lines.map((line) => checkoutLine(shop, line)),
    name: `#${checkoutNumber(checkout)}`,
    source: null,
    abandoned_checkout_url: checkout.abandonedCheckoutUrl,
    discount_codes: [],
    tax_lines: [],
    source_name: 'web',
    ...checkoutTotals(shop, checkout),
    billing_address: address,
    shipping_address: address,
    customer: customer === null ? null : customerFields(shop, customer),
  }
}

/** checkouts/delete: still with an id, and the cart's token but not its own. */
export function deletedCheckoutPayload(shop: Shop, checkout: Checkout) {
  return { id: jsonId(checkoutNumber(checkout)), ...checkoutTotals(shop, checkout), cart_token: checkout.cartToken }
}

/** The number that the admin shows for a checkout: twelve decimal digits made from its token. */
export function checkoutNumber({ token }: Checkout): string {
  let hash = 0n
  for (const character of token) hash = (hash * 131n + BigInt(character.charCodeAt(0))) % 899_999_999_981n
  return String(100_000_000_000n + hash)
}

function checkoutTotals(shop: Shop, { lines }: Checkout) {
  const total = decimal(linesTotalMinor(lines), shop.currency)
  const none = decimal(0, shop.currency)
  return {
    presentment_currency: shop.currency,
    buyer_accepts_sms_marketing: false,
    sms_marketing_phone: null,
    total_discounts: none,
    total_line_items_price: total,
    total_price: total,
    total_tax: none,
    subtotal_price: total,
    total_duties: null,
    reservation_token: null,
  }
}

const UNMEASURED = {
  measured_type: null,
  quantity_value: null,
  quantity_unit: null,
  reference_value: null,
  reference_unit: null,
}

function checkoutLine(shop: Shop, line: Line) {
  const price = decimal(line.priceMinor, shop.currency)
  return {
    applied_discounts: [],
    discount_allocations: [],
    key: line.id,
    destination_location_id: null,
    fulfillment_service: 'manual',
    gift_card: false,
    grams: 0,
    origin_location_id: null,
    presentment_title: line.product.title,
    presentment_variant_title: line.variant.title,
    product_id: jsonId(line.product.id),
    properties: null,
    quantity: line.quantity,
    requires_shipping: true,
    sku: line.variant.sku,
    tax_lines: [],
    taxable: true,
    title: line.product.title,
    variant_id: jsonId(line.variant.id),
    variant_title: line.variant.title,
    variant_price: price,
    vendor: line.product.vendor,
    user_id: null,
    unit_price_measurement: UNMEASURED,
    rank: null,
    compare_at_price: null,
    line_price: decimal(lineTotalMinor(line), shop.currency),
    price,
  }
}
