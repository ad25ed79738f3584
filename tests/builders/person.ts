// Builds a person with a past, in a shop of her own, and asks a condition about her.
import { type ProfileId, profileId, type ShopId } from '#app/lib/ids.ts'
import { type Database, withSystem } from '#app/platform/database.server.ts'
import { type ConditionInput, conditionSchema } from '#app/segments/condition.ts'
import { evaluateCondition } from '#app/segments/evaluate.server.ts'
import type { Question, Verdict } from '#app/segments/verdict.ts'
import { insertRows, type Row } from './rows.ts'
import { buildShop } from './shop.ts'

/** The moment of every question, unless it says another. */
export const now = new Date('2026-06-15T12:00:00Z')
const dayMs = 86_400_000
/** So many days before `now`. */
export const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs)

export interface Past {
  profile?: Row
  events?: Row[]
  orders?: (Row & { lines?: Row[] })[]
  /** Rows of other tables, by table. */
  rows?: Record<string, Row[]>
}

export interface Person {
  shopId: ShopId
  profileId: ProfileId
}

let orders = 0

/** A person in a new shop; what is not said of an event or an order is of no matter. */
export async function buildPerson(db: Database, past: Past = {}): Promise<Person> {
  const shopId = await buildShop(db)
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into profile (shop_id, created_at) values ($1, $2) returning id`,
    [shopId, daysAgo(1000)],
  )
  const person = { shopId, profileId: profileId(rows[0]!.id) }
  await addPast(db, person, past)
  return person
}

export async function addPast(db: Database, { shopId, profileId }: Person, past: Past): Promise<void> {
  const own = { shop_id: shopId, profile_id: profileId }
  for (const [column, value] of Object.entries(past.profile ?? {}))
    await db.pool.query(`update profile set ${column} = $3 where shop_id = $1 and id = $2`, [shopId, profileId, value])
  for (const event of past.events ?? [])
    await insertRows(db, 'event', [
      { ...own, type: 'order_placed', subject: 'profile', received_at: event.occurred_at, props: {}, ...event },
    ])
  for (const { lines, ...order } of past.orders ?? []) {
    orders += 1
    const id = `order-${orders}`
    const defaults = { currency: 'GBP', total_minor: 1000, refunded_minor: 0, is_test: false }
    const stored = { ...own, shopify_id: id, source_updated_at: order.placed_at, ...defaults, ...order }
    await insertRows(db, 'shop_order', [stored])
    for (const [index, line] of (lines ?? []).entries())
      await insertRows(db, 'order_line', [
        {
          shop_id: shopId,
          order_id: stored.shopify_id,
          line_id: `${index}`,
          title: 'Mug',
          quantity: 1,
          price_minor: 1000,
          line_minor: 1000,
          refunded_quantity: 0,
          ...line,
        },
      ])
  }
  for (const [table, tableRows] of Object.entries(past.rows ?? {}))
    for (const row of tableRows) await insertRows(db, table, [{ shop_id: shopId, ...row }])
}

/** Asks one condition about one person. */
export async function ask(
  db: Database,
  person: Person,
  condition: ConditionInput,
  question: Partial<Question> = {},
): Promise<Verdict> {
  const asked: Question = { ...person, asOf: now, enteredAt: daysAgo(1), subject: 'profile', ...question }
  const [verdict] = await withSystem(db, (tx) => evaluateCondition(tx, conditionSchema.parse(condition), [asked]))
  return verdict!
}
