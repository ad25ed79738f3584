// How many pieces lie in a cart.
import type { Item } from '#app/events/observation.ts'

const largestInt = 2_147_483_647

/** The pieces of all items together, as far as PostgreSQL's `int` can count. */
export function itemCount(items: readonly Item[]): number {
  return Math.min(
    largestInt,
    items.reduce((count, item) => count + item.quantity, 0),
  )
}
