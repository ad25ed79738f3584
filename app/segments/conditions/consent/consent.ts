// Whether the person wants marketing mail, by the consent that was in force at the moment of the question.
import { z } from 'zod'
import { defineCondition } from '#app/segments/condition-kind.ts'
import { sql } from '#app/segments/sql.ts'

const schema = z.strictObject({
  kind: z.literal('consent'),
  is: z.enum(['subscribed', 'unsubscribed', 'pending', 'not_subscribed', 'redacted', 'unknown']),
})
type State = z.output<typeof schema>['is']

const words = {
  subscribed: 'is subscribed to marketing mail',
  unsubscribed: 'has unsubscribed from marketing mail',
  pending: 'has not yet confirmed the subscription to marketing mail',
  not_subscribed: 'has never subscribed to marketing mail',
  redacted: 'is erased in Shopify',
  unknown: 'has an unknown consent to marketing mail',
} satisfies Record<State, string>

export const consent = defineCondition({
  schema,
  describe: ({ is }) => words[is],
  label: () => 'consent',
  // The profile shows the newest consent; the ledger answers for times before it.
  lookup: ({ is }) => sql`
    select c.state = ${is}::text as passes, to_jsonb(c.state) as seen
    from (
      select case when p.consent_at is null or p.consent_at <= q.as_of then p.consent else coalesce((
        select l.state from consent_entry l
        where l.shop_id = q.shop_id and l.profile_id = q.profile_id and l.channel = 'email' and l.occurred_at <= q.as_of
        order by l.occurred_at desc, l.id desc limit 1
      ), 'unknown') end as state
      from profile p where p.shop_id = q.shop_id and p.id = q.profile_id
    ) c`,
  changedBy: () => ['subscribed', 'unsubscribed', 'message_unsubscribed', 'message_complained'],
  nextChange: () => sql`
    select least(
      (select p.consent_at from profile p where p.shop_id = q.shop_id and p.id = q.profile_id and p.consent_at > q.as_of),
      (select min(l.occurred_at) from consent_entry l
       where l.shop_id = q.shop_id and l.profile_id = q.profile_id and l.occurred_at > q.as_of)
    ) as at`,
  needs: () => [],
})
