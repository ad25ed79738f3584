// What a condition has to bring along to be part of the language: one such object per folder of `conditions/`.
import type { z } from 'zod'
import type { EventType } from '#app/events/vocabulary.ts'
import type { Sql } from './sql.ts'

/** An amount in words: a merchant's editor says "£100.00" where plain text says "10000 minor units". */
export type MoneyWords = (amountMinor: number) => string

/** For labels, which don't know the shop's currency. */
export const inMinorUnits: MoneyWords = (amountMinor) => `${amountMinor} minor units`

/** What a question must say beyond who and when, for a condition to make sense. */
export type Need = 'entry' | 'subject'

/**
 * A kind of condition. Its SQL is asked once per question `q`, whose columns are `shop_id`, `profile_id`, `as_of`,
 * `entered_at` and `subject`; it names `q.shop_id` for every table, and looks at nothing later than `q.as_of`.
 */
export interface ConditionKind<Schema extends z.ZodType = z.ZodType> {
  schema: Schema
  /** What is true of the person when it passes, as the rest of a sentence: "has placed an order at least once". */
  describe(leaf: z.output<Schema>, money: MoneyWords): string
  /** The name under which an explanation shows the value it saw: "orders since entry". */
  label(leaf: z.output<Schema>): string
  /** A select of at most one row: `passes boolean, seen jsonb`. No row, or null, means that it does not pass. */
  lookup(leaf: z.output<Schema>): Sql
  /** The events that can change its answer. */
  changedBy(leaf: z.output<Schema>): readonly EventType[]
  /**
   * A select of at most one row, `at timestamptz`: the first moment after `q.as_of` at which the answer can change
   * though nothing more becomes known. Never too late; null when time alone cannot change it.
   */
  nextChange(leaf: z.output<Schema>): Sql | null
  needs(leaf: z.output<Schema>): readonly Need[]
}

/** Gives the functions of a kind the type of its schema. */
export const defineCondition = <Schema extends z.ZodType>(kind: ConditionKind<Schema>): ConditionKind<Schema> => kind
