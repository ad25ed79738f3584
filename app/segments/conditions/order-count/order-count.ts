// How many orders the person has placed that still stand.
import { z } from 'zod'
import { defineCondition } from '#app/segments/condition-kind.ts'
import { countPasses, countSchema, happened } from '#app/segments/count.ts'
import { sql, verbatim } from '#app/segments/sql.ts'
import { nextOrderChange, orderEvents, standingOrders } from '#app/segments/standing-orders.ts'
import { ever, windowNeeds, windowSchema, windowWords } from '#app/segments/window.ts'

const schema = z.strictObject({
  kind: z.literal('order-count'),
  count: countSchema,
  window: windowSchema.default(ever),
})

export const orderCount = defineCondition({
  schema,
  describe: ({ count, window }) => happened('ordered', count, windowWords(window)),
  label: ({ window }) => `orders ${windowWords(window)}`.trim(),
  lookup: ({ count, window }) =>
    sql`select ${countPasses(count, verbatim('count(*)'))} as passes, to_jsonb(count(*)) as seen
        ${standingOrders(window)}`,
  changedBy: () => orderEvents,
  nextChange: ({ window }) => nextOrderChange(window),
  needs: ({ window }) => windowNeeds(window),
})
