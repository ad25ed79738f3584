// By which columns a row is known to be about a person. A table that is added later falls under these by its columns.
import type { Erased } from './person-terms.ts'

/** Everything by which rows may name the person. */
export interface NamedPerson extends Erased {
  /** Keyed hashes of the addresses. */
  emailHashes: string[]
}

export interface PersonTie {
  /** SQL over the row `t` of the shop $1; `$n` stands for the values. */
  where(n: string): string
  valuesOf(person: NamedPerson): readonly (string | number)[]
}

type Match = [column: RegExp, tie: PersonTie]

const equals = (column: string, type: 'bigint' | 'text', valuesOf: PersonTie['valuesOf']): PersonTie => ({
  where: (n) => `t.${column} = any(${n}::${type}[])`,
  valuesOf,
})
const hangsOn = (column: string, table: 'enrolment' | 'message'): PersonTie => ({
  where: (n) => `t.${column} in (select id from ${table} where shop_id = $1 and profile_id = any(${n}::bigint[]))`,
  valuesOf: ({ profileIds }) => profileIds,
})

/** Of `table.column`. */
const matches: Match[] = [
  [/^profile\.id$/, equals('id', 'bigint', ({ profileIds }) => profileIds)],
  [/^shop_order\.shopify_id$/, equals('shopify_id', 'text', ({ orderIds }) => orderIds)],
  [/^(cart|checkout)\.token$/, equals('token', 'text', ({ tokens }) => tokens)],
  [/\.profile_id$/, equals('profile_id', 'bigint', ({ profileIds }) => profileIds)],
  [/\.from_profile_id$/, equals('from_profile_id', 'bigint', ({ profileIds }) => profileIds)],
  [/\.into_profile_id$/, equals('into_profile_id', 'bigint', ({ profileIds }) => profileIds)],
  [/\.order_id$/, equals('order_id', 'text', ({ orderIds }) => orderIds)],
  [/\.email_hash$/, equals('email_hash', 'text', ({ emailHashes }) => emailHashes)],
  [/\.enrolment_id$/, hangsOn('enrolment_id', 'enrolment')],
  [/\.message_id$/, hangsOn('message_id', 'message')],
]

/** How rows of `table`, which has these columns, are known to be the person's; empty: it tells of nobody. */
export function tiesOf(table: string, columns: readonly string[]): PersonTie[] {
  return matches
    .filter(([pattern]) => columns.some((column) => pattern.test(`${table}.${column}`)))
    .map(([, tie]) => tie)
}
