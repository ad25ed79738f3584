// Whether the person is, was or never was in a flow.
import { z } from 'zod'
import { assertNever } from '#app/lib/errors.ts'
import { defineCondition } from '#app/segments/condition-kind.ts'
import { type Sql, sql, verbatim } from '#app/segments/sql.ts'
import {
  ever,
  insideWindow,
  leavesWindow,
  type Window,
  windowNeeds,
  windowSchema,
  windowWords,
} from '#app/segments/window.ts'

const schema = z.strictObject({
  kind: z.literal('in-flow'),
  /** The flow's key in its shop. */
  flow: z.string().min(1).max(100),
  is: z.enum(['now', 'ever', 'never']),
  /** Of the time of entry, for `ever` and `never`. */
  window: windowSchema.default(ever),
})
type InFlowLeaf = z.output<typeof schema>

export const inFlow = defineCondition({
  schema,
  describe,
  label: ({ flow, is, window }) =>
    is === 'now' ? `now in flow ${flow}` : `entries into flow ${flow} ${windowWords(window)}`.trim(),
  lookup: (leaf) => sql`
    select ${verbatim(leaf.is === 'never' ? 'count(*) = 0' : 'count(*) > 0')} as passes,
      ${verbatim(leaf.is === 'now' ? 'to_jsonb(count(*) > 0)' : 'to_jsonb(count(*))')} as seen
    ${enrolments(leaf)} and ${
      leaf.is === 'now'
        ? sql`n.entered_at <= q.as_of and (n.ended_at is null or n.ended_at > q.as_of)`
        : enteredInside(leaf.window)
    }`,
  // Entering and leaving a flow follow from events, but are none themselves.
  changedBy: () => [],
  nextChange: (leaf) => sql`
    select min(m.at) as at from (
      select n.* ${enrolments(leaf)}
    ) n cross join lateral (
      values (n.entered_at), (n.ended_at), (${leavesWindow(leaf.window, verbatim('n.entered_at'))})
    ) as m (at) where m.at > q.as_of`,
  needs: ({ is, window }) => (is === 'now' ? [] : windowNeeds(window)),
})

const enrolments = ({ flow }: InFlowLeaf): Sql => sql`from flow f
  join enrolment n on n.shop_id = f.shop_id and n.flow_id = f.id
  where f.shop_id = q.shop_id and f.key = ${flow}::text and n.shop_id = q.shop_id and n.profile_id = q.profile_id`

/** An enrolment begins at its own entry, so "before entry" must leave that one out. */
function enteredInside(window: Window): Sql {
  const inside = insideWindow(window, verbatim('n.entered_at'))
  return window.kind === 'before-entry' ? sql`${inside} and n.entered_at < q.entered_at` : inside
}

function describe({ flow, is, window }: InFlowLeaf): string {
  switch (is) {
    case 'now':
      return `is in the flow ${flow}`
    case 'ever':
      return `has entered the flow ${flow} ${windowWords(window)}`.trim()
    case 'never':
      return `has not entered the flow ${flow} ${windowWords(window)}`.trim()
    default:
      return assertNever(is)
  }
}
