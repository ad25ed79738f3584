// What the lines of carts, checkouts and orders have in common: products, quantities, and amounts in the shop's currency.
import { z } from 'zod'
import type { Item } from '#app/events/observation.ts'
import {
  amount,
  currency,
  minorOf,
  optionalAmount,
  optionalId,
  quantity,
  text,
  titleText,
} from '#app/events/sources/fields.ts'

/** An amount in the shop's currency and in the shopper's; ours is the shop's. */
export const moneySet = z
  .object({ shop_money: z.object({ amount, currency_code: currency }) })
  .nullish()
  .catch(null)
  .transform((set) => set?.shop_money ?? null)

/** The fields that the lines of every payload have. */
export const lineFields = {
  product_id: optionalId('Product'),
  variant_id: optionalId('ProductVariant'),
  title: titleText,
  variant_title: text,
  quantity,
  price: optionalAmount,
  line_price: optionalAmount,
}

export type Line = z.infer<z.ZodObject<typeof lineFields>>

/** A line of a cart or checkout; `line_price` is for all pieces, `price` for one. */
export function basketItem(line: Line, currency: string): Item {
  const priceMinor = line.price === null ? 0 : minorOf(line.price, currency)
  const lineMinor = line.line_price === null ? priceMinor * line.quantity : minorOf(line.line_price, currency)
  return itemOf(line, priceMinor, lineMinor)
}

export function itemOf(line: Omit<Line, 'price' | 'line_price'>, priceMinor: number, lineMinor: number): Item {
  return {
    productId: line.product_id,
    variantId: line.variant_id,
    title: line.title,
    variantTitle: line.variant_title,
    quantity: line.quantity,
    priceMinor,
    lineMinor,
  }
}

/** What events keep of a purchase's items, for filters to read. */
export function itemProps(items: readonly Item[]) {
  const known = (ids: (string | null)[]) => [...new Set(ids.filter((id) => id !== null))].slice(0, 100)
  return {
    itemCount: items.reduce((count, item) => count + item.quantity, 0),
    productIds: known(items.map((item) => item.productId)),
    variantIds: known(items.map((item) => item.variantId)),
  }
}

/** What the items cost together. */
export const sumOf = (items: readonly Item[]) => items.reduce((sum, item) => sum + item.lineMinor, 0)
