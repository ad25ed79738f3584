// How long ago the person's last standing order is.
import { z } from 'zod'
import { assertNever } from '#app/lib/errors.ts'
import { defineCondition } from '#app/segments/condition-kind.ts'
import { isoTime } from '#app/segments/iso-time.ts'
import { type Sql, sql, verbatim } from '#app/segments/sql.ts'
import { nextOrderChange, orderEvents, standingOrders } from '#app/segments/standing-orders.ts'
import { ever, lengthSchema, lengthSql, lengthWords } from '#app/segments/window.ts'

const schema = z.strictObject({
  kind: z.literal('last-order'),
  /** `not-within` is said of buyers only: whoever never ordered has no last order. */
  when: z.discriminatedUnion('is', [
    z.strictObject({ is: z.literal('within'), length: lengthSchema }),
    z.strictObject({ is: z.literal('not-within'), length: lengthSchema }),
    z.strictObject({ is: z.literal('never') }),
  ]),
})
type When = z.output<typeof schema>['when']

export const lastOrder = defineCondition({
  schema,
  describe: ({ when }) => describeWhen(when),
  label: () => 'last order',
  lookup: ({ when }) => sql`
    select ${passes(when)} as passes, to_jsonb(${isoTime(verbatim('last.at'))}) as seen
    from (select max(o.placed_at) as at ${standingOrders(ever)}) last`,
  changedBy: () => orderEvents,
  nextChange: ({ when }) => nextOrderChange(when.is === 'never' ? ever : { kind: 'last', ...when.length }),
  needs: () => [],
})

function passes(when: When): Sql {
  switch (when.is) {
    case 'within':
      return sql`last.at > q.as_of - ${lengthSql(when.length)}`
    case 'not-within':
      return sql`last.at <= q.as_of - ${lengthSql(when.length)}`
    case 'never':
      return sql`last.at is null`
    default:
      return assertNever(when)
  }
}

function describeWhen(when: When): string {
  switch (when.is) {
    case 'within':
      return `has ordered within the last ${lengthWords(when.length)}`
    case 'not-within':
      return `has ordered before, but not within the last ${lengthWords(when.length)}`
    case 'never':
      return 'has never ordered'
    default:
      return assertNever(when)
  }
}
