// What is thrown when a payload cannot be understood: a short reason to show, without anything personal in it.
import type { z } from 'zod'

export class UnreadablePayloadError extends Error {
  override name = 'UnreadablePayloadError'
}

/** `schema`'s reading of `value`. @throws UnreadablePayloadError naming the fields that are wrong, never their values */
export function readPayload<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.slice(0, 3).map(({ path, code }) => `${path.join('.') || 'payload'}: ${code}`)
  throw new UnreadablePayloadError(problems.join(', '))
}
