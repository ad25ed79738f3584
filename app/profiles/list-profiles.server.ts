// Lists a shop's people, newest first, by the beginning of an address or a name and by what is known of them.
import { type ProfileId, profileId } from '#app/lib/ids.ts'
import { type Cursor, type KeysetPage, keysetPage } from '#app/lib/keyset.ts'
import type { ShopTx } from '#app/platform/database.server.ts'
import type { ProfileFilter } from './profile-filter.ts'

export interface ListedProfile {
  id: ProfileId
  email: string | null
  firstName: string | null
  lastName: string | null
  countryCode: string | null
  consent: string
  suppressedBecause: string | null
  orderCount: number
  totalSpentMinor: number
  lastOrderAt: Date | null
}

export type ProfileCursor = Cursor<[number]>

const pageSize = 50

/** Whoever was erased or merged into somebody else is not listed. */
export async function listProfiles(
  tx: ShopTx,
  filter: ProfileFilter,
  cursor: ProfileCursor,
): Promise<KeysetPage<ListedProfile>> {
  const isForward = cursor.direction === 'after'
  const { where, values } = conditionsOf(filter, [tx.shopId, pageSize + 1])
  const from = cursor.keys === null ? '' : `and p.id ${isForward ? '<' : '>'} $${values.push(cursor.keys[0])}::bigint`
  const rows = await tx.rows<ListedProfile>(
    `select p.id, p.email, p.first_name as "firstName", p.last_name as "lastName", p.country_code as "countryCode",
       p.consent, x.reason as "suppressedBecause", p.order_count as "orderCount",
       p.total_spent_minor as "totalSpentMinor", p.last_order_at as "lastOrderAt"
     from profile p
     left join suppression x on x.shop_id = $1 and x.email_hash = p.email_hash
     where p.shop_id = $1 and p.merged_into is null and p.erased_at is null ${where} ${from}
     order by p.id ${isForward ? 'desc' : 'asc'} limit $2`,
    values,
  )
  return keysetPage(
    rows.map((row) => ({ ...row, id: profileId(row.id) })),
    { size: pageSize, cursor, keysOf: ({ id }): [number] => [id] },
  )
}

/** The conditions that the filter sets, and no others: each combination gets a plan of its own. */
function conditionsOf(filter: ProfileFilter, values: unknown[]) {
  const conditions: string[] = []
  const ask = (value: unknown, condition: (parameter: string) => string) =>
    conditions.push(`and ${condition(`$${values.push(value)}`)}`)
  if (filter.search !== '')
    conditions.push(`and ${searchCondition(filter.search, (value) => `$${values.push(value)}`)}`)
  if (filter.consent) ask(filter.consent, (consent) => `p.consent = ${consent}`)
  if (filter.tag) ask([filter.tag], (tags) => `p.tags @> ${tags}::text[]`)
  if (filter.country) ask(filter.country, (country) => `p.country_code = ${country}`)
  if (filter.orders) conditions.push(`and ${orderConditions[filter.orders]}`)
  if (filter.suppressed === 'yes')
    conditions.push('and p.email_hash in (select s.email_hash from suppression s where s.shop_id = $1)')
  if (filter.suppressed === 'no') conditions.push('and x.email_hash is null')
  return { where: conditions.join(' '), values }
}

const orderConditions = { none: 'p.order_count = 0', once: 'p.order_count = 1', again: 'p.order_count > 1' } as const

/** What holds an @ is an address. Two words are a first and a last name; one may begin any of the three. */
function searchCondition(search: string, parameter: (value: string) => string): string {
  const begin = search.toLowerCase().replaceAll(/\s+/g, ' ')
  const from = parameter(begin)
  const to = parameter(`${begin}${lastCharacter}`)
  const begins = (column: string) => `p.${column} >= ${from}::text and p.${column} < ${to}::text`
  if (begin.includes('@')) return begins('email_key')
  if (begin.includes(' ')) return begins('name_key')
  return `(${begins('email_key')} or ${begins('name_key')} or ${begins('last_name_key')})`
}

/** After every text with the same beginning, compared by bytes. */
const lastCharacter = '\u{10ffff}'
