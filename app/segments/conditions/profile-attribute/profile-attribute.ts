// What is known about the person. Attributes have no history: the present value answers for every time.
import { z } from 'zod'
import type { EventType } from '#app/events/vocabulary.ts'
import { comparisonPasses, comparisonSchema, comparisonWords } from '#app/segments/comparison.ts'
import { defineCondition } from '#app/segments/condition-kind.ts'
import { type Sql, sql, verbatim } from '#app/segments/sql.ts'

const columns = {
  email: { column: 'email', words: 'e-mail address' },
  phone: { column: 'phone', words: 'phone number' },
  first_name: { column: 'first_name', words: 'first name' },
  last_name: { column: 'last_name', words: 'last name' },
  country: { column: 'country_code', words: 'country' },
  locale: { column: 'locale', words: 'language' },
  timezone: { column: 'timezone', words: 'time zone' },
  tags: { column: 'tags', words: 'list of tags' },
} as const

const schema = z.strictObject({
  kind: z.literal('profile-attribute'),
  of: z.discriminatedUnion('field', [
    z.strictObject({
      field: z.enum(['email', 'phone', 'first_name', 'last_name', 'country', 'locale', 'timezone', 'tags']),
    }),
    /** One of the shop's own attributes. */
    z.strictObject({ field: z.literal('attributes'), name: z.string().min(1).max(100) }),
  ]),
  is: comparisonSchema,
})
type Of = z.output<typeof schema>['of']

const identifying: readonly EventType[] = [
  'customer_created',
  'checkout_started',
  'checkout_updated',
  'order_placed',
  'subscribed',
]

export const profileAttribute = defineCondition({
  schema,
  describe: ({ of, is }) => `has ${/^[aeiou]/.test(words(of)) ? 'an' : 'a'} ${words(of)} that ${comparisonWords(is)}`,
  label: ({ of }) => words(of),
  // Personal details stay out of explanations, which are kept when the person is erased.
  lookup: ({ of, is }) => sql`
    select ${comparisonPasses(is, verbatim('v.value'))} as passes,
      ${isPersonal(of) ? sql`to_jsonb(case when v.value is null then 'unknown' else 'known' end)` : sql`v.value`} as seen
    from (select ${storedValue(of)} as value from profile p where p.shop_id = q.shop_id and p.id = q.profile_id) v`,
  changedBy: ({ of }) => (of.field === 'tags' ? [...identifying, 'tags_added', 'tags_removed'] : identifying),
  nextChange: () => null,
  needs: () => [],
})

const storedValue = (of: Of): Sql =>
  of.field === 'attributes'
    ? sql`p.attributes -> ${of.name}::text`
    : verbatim(`to_jsonb(p.${columns[of.field].column})`)

const words = (of: Of) => (of.field === 'attributes' ? `attribute ${of.name}` : columns[of.field].words)

const isPersonal = (of: Of) => ['email', 'phone', 'first_name', 'last_name', 'attributes'].includes(of.field)
