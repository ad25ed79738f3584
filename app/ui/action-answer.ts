// What an action answers to the page that asked.
import type { FieldErrors } from './field-errors.ts'

/** Done, with what came of it; or not done, because these fields are wrong. */
export type ActionAnswer<Result = unknown> =
  | { ok: true; intent: string; result: Result }
  | { ok: false; intent: string; errors: FieldErrors }
