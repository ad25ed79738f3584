// What is asked of a condition and what comes back.
import type { Subject } from '#app/events/vocabulary.ts'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'

export interface Question {
  shopId: ShopId
  profileId: ProfileId
  /** Nothing later than this counts. */
  asOf: Date
  /** When the trigger happened, for "since entry". */
  enteredAt: Date
  subject: Subject
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

export interface Verdict {
  passes: boolean
  /** What each part of the condition saw, by its label: `{"orders since entry": 1}`. */
  seen: Record<string, JsonValue>
}
