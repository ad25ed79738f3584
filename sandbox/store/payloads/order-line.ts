// The lines of an order, in the full form of orders/* and in the older, shorter form of refunds and fulfillments.
import type { Line, Shop } from '../model.ts'
import { decimal, gid, jsonId, moneySet } from './json.ts'

export interface OrderLineState {
  isFulfilled: boolean
  /** Quantity without what was refunded. */
  currentQuantity: number
}

/** A line of orders/*. */
export function orderLine(shop: Shop, line: Line, state: OrderLineState) {
  return {
    ...lineFields(shop, line, state),
    attributed_staffs: [],
    current_quantity: state.currentQuantity,
    sales_line_item_group_id: null,
    // Since 2026-10, not yet in the samples of 2026-07.
    selling_plan_id: null,
  }
}

/** A line of fulfillments/* and refunds/create. */
export function lineFields(shop: Shop, line: Line, { isFulfilled, currentQuantity }: OrderLineState) {
  const { currency } = shop
  const price = decimal(line.priceMinor, currency)
  const none = decimal(0, currency)
  return {
    id: jsonId(line.id),
    admin_graphql_api_id: gid('LineItem', line.id),
    fulfillable_quantity: isFulfilled ? 0 : currentQuantity,
    fulfillment_service: 'manual',
    fulfillment_status: isFulfilled ? 'fulfilled' : null,
    gift_card: false,
    grams: 0,
    name: line.product.title,
    price,
    price_set: moneySet(price, currency),
    product_exists: true,
    product_id: jsonId(line.product.id),
    properties: [],
    quantity: line.quantity,
    requires_shipping: true,
    sku: line.variant.sku,
    taxable: true,
    title: line.product.title,
    total_discount: none,
    total_discount_set: moneySet(none, currency),
    variant_id: jsonId(line.variant.id),
    variant_inventory_management: 'shopify',
    variant_title: line.variant.title === 'Default Title' ? null : line.variant.title,
    vendor: line.product.vendor,
    tax_lines: [],
    duties: [],
    discount_allocations: [],
  }
}
