// Lists and counts the people of one shop for whom a condition holds, by the same SQL that judges one person.
import { invariant } from '#app/lib/errors.ts'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { compileCondition } from './compile.ts'
import { type Condition, needsOf } from './condition.ts'
import { sql, toStatement } from './sql.ts'
import { canonicalJson, remember } from './statement-cache.ts'

export interface Page {
  asOf: Date
  /** The last profile of the page before; null for the first page. */
  after: ProfileId | null
  limit: number
}

/** The next `limit` matching profiles of the shop after `page.after`, by ascending id. */
export async function listMatching(tx: Tx, shopId: ShopId, condition: Condition, page: Page): Promise<ProfileId[]> {
  const { list } = matchingStatements(condition)
  const rows = await tx.rows<{ profileId: ProfileId }>(list.text, [
    shopId,
    page.asOf,
    page.after ?? 0,
    page.limit,
    ...list.values,
  ])
  return rows.map((row) => row.profileId)
}

/** How many profiles of the shop match. */
export async function countMatching(tx: Tx, shopId: ShopId, condition: Condition, asOf: Date): Promise<number> {
  const { count } = matchingStatements(condition)
  const [row] = await tx.rows<{ matching: number }>(count.text, [shopId, asOf, ...count.values])
  return row?.matching ?? 0
}

// Whoever was merged into another profile is asked for there; whoever was erased, not at all.
const people = sql`select p.shop_id, p.id as profile_id, $2::timestamptz as as_of, $2::timestamptz as entered_at,
    'profile'::text as subject
  from profile p
  where p.shop_id = $1 and p.created_at <= $2 and p.merged_into is null and p.erased_at is null`

const matchingStatements = remember(1_000, canonicalJson, (condition: Condition) => {
  invariant(needsOf(condition).size === 0, 'a segment knows no entry and no subject to ask about')
  const { joins, passes } = compileCondition(condition)
  return {
    list: toStatement(
      sql`select q.profile_id as "profileId" from (${people} and p.id > $3) q ${joins}
          where ${passes} order by q.profile_id limit $4`,
      5,
    ),
    count: toStatement(sql`select count(*) as matching from (${people}) q ${joins} where ${passes}`, 3),
  }
})
