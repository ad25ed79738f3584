// Whether there is still something in the cart. A cart has no history: its present content answers for every time.
import { z } from 'zod'
import { defineCondition } from '#app/segments/condition-kind.ts'
import { sql } from '#app/segments/sql.ts'
import { cartTokenOfSubject, checkoutTokenOfSubject } from '#app/segments/subject-tokens.ts'

const schema = z.strictObject({
  kind: z.literal('cart-has-items'),
  atLeast: z.int().min(1).max(10_000).default(1),
})

export const cartHasItems = defineCondition({
  schema,
  describe: ({ atLeast }) => `has ${atLeast === 1 ? 'something' : `at least ${atLeast} items`} in this cart`,
  label: () => 'items in cart',
  // A checkout can be known without its cart; then its own items count.
  lookup: ({ atLeast }) => sql`
    select i.items >= ${atLeast}::int as passes, to_jsonb(i.items) as seen
    from (
      select coalesce(
        (select c.item_count from cart c where c.shop_id = q.shop_id and c.token = ${cartTokenOfSubject}),
        (select coalesce(c.item_count, k.item_count) from checkout k
         left join cart c on c.shop_id = k.shop_id and c.token = k.cart_token
         where k.shop_id = q.shop_id and k.token = ${checkoutTokenOfSubject}),
        0) as items
    ) i`,
  changedBy: () => ['cart_updated', 'cart_emptied', 'checkout_started', 'checkout_updated'],
  nextChange: () => null,
  needs: () => ['subject'],
})
