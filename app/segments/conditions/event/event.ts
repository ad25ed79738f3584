// Whether something happened, how often and when. It counts what was reported: an order that was cancelled later was
// still placed. To ask about orders that stand, there are `order-count`, `last-order` and `bought`.
import { z } from 'zod'
import { eventTypes } from '#app/events/vocabulary.ts'
import { comparisonPasses, comparisonSchema, comparisonWords } from '#app/segments/comparison.ts'
import { defineCondition, inMinorUnits, type MoneyWords } from '#app/segments/condition-kind.ts'
import { atLeastOnce, countPasses, countSchema, happened } from '#app/segments/count.ts'
import { join, type Sql, sql, verbatim } from '#app/segments/sql.ts'
import { ever, insideWindow, lengthSql, windowNeeds, windowSchema, windowWords } from '#app/segments/window.ts'
import { eventWords } from './words.ts'

const schema = z.strictObject({
  kind: z.literal('event'),
  type: z.enum(eventTypes),
  count: countSchema.default(atLeastOnce),
  window: windowSchema.default(ever),
  where: z
    .array(
      z.discriminatedUnion('on', [
        z.strictObject({ on: z.literal('prop'), name: z.string().min(1).max(100), is: comparisonSchema }),
        /** Minor units of the shop's currency; an event in another one never matches. */
        z.strictObject({ on: z.literal('value'), is: comparisonSchema }),
      ]),
    )
    .max(10)
    .default([]),
  /** Only events about the very cart, checkout or order that the question is about. */
  sameSubject: z.boolean().default(false),
})
type EventLeaf = z.output<typeof schema>

export const event = defineCondition({
  schema,
  describe: (leaf, money) => happened(eventWords[leaf.type].did, leaf.count, details(leaf, money)),
  label: (leaf) => `${eventWords[leaf.type].things} ${details(leaf, inMinorUnits)}`.trim(),
  lookup: (leaf) => sql`
    select ${countPasses(leaf.count, verbatim('count(*)'))} as passes, to_jsonb(count(*)) as seen
    from event e where ${matches(leaf)} and ${insideWindow(leaf.window, verbatim('e.occurred_at'))}`,
  changedBy: (leaf) => [leaf.type],
  nextChange: (leaf) => nextChange(leaf),
  needs: (leaf) => [...windowNeeds(leaf.window), ...(leaf.sameSubject ? (['subject'] as const) : [])],
})

function matches(leaf: EventLeaf): Sql {
  const clauses = [
    sql`e.shop_id = q.shop_id and e.profile_id = q.profile_id and e.type = ${leaf.type}::text`,
    ...leaf.where.map((where) =>
      where.on === 'value'
        ? sql`${comparisonPasses(where.is, verbatim('to_jsonb(e.value_minor)'))}
              and e.currency = (select s.currency from shop s where s.id = q.shop_id)`
        : comparisonPasses(where.is, sql`(e.props -> ${where.name}::text)`),
    ),
    // The subjects after the first are the same purchase under its other names.
    ...(leaf.sameSubject ? [sql`(e.subject = q.subject or e.props -> 'subjects' ? q.subject)`] : []),
  ]
  return join(clauses, ' and ')
}

function nextChange(leaf: EventLeaf): Sql {
  if (leaf.window.kind !== 'last')
    return sql`select min(e.occurred_at) as at from event e where ${matches(leaf)} and e.occurred_at > q.as_of`
  const length = lengthSql(leaf.window)
  return sql`select min(case when e.occurred_at > q.as_of then e.occurred_at else e.occurred_at + ${length} end) as at
    from event e where ${matches(leaf)} and e.occurred_at > q.as_of - ${length}`
}

function details(leaf: EventLeaf, money: MoneyWords): string {
  const parts = [
    ...leaf.where.map((where) =>
      where.on === 'value'
        ? `where its value ${comparisonWords(where.is, money)}`
        : `where ${where.name} ${comparisonWords(where.is)}`,
    ),
    leaf.sameSubject ? 'for the same purchase' : '',
    windowWords(leaf.window),
  ]
  return parts.filter((part) => part !== '').join(' ')
}
