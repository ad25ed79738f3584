// The answers of a page that cannot be shown, and of a change that cannot be made. The page says them in words.
import { json } from '@remix-run/node'
import { type ProblemStatus, problemKind } from '#app/ui/problem-kind.ts'

/**
 * A response to throw: 400 for a form that no page of ours sends, 403, 404 for what is not this shop's or not there,
 * 409 when the merchant acted on an older version than the newest, 413.
 */
export function problem(status: ProblemStatus): Response {
  return json({ problem: problemKind[status] }, { status })
}

/** A number from the address. @throws a 404 when it is none, because nothing can be there */
export function idParam(text: string | undefined): number {
  const id = /^[1-9]\d{0,15}$/.test(text ?? '') ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(id)) throw problem(404)
  return id
}

/** A UUID from the address. @throws a 404 when it is none */
export function uuidParam(text: string | undefined): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? '')) throw problem(404)
  return text!
}

/** What was found. @throws a 404 when nothing was */
export function found<Thing>(thing: Thing | null | undefined): Thing {
  if (thing === null || thing === undefined) throw problem(404)
  return thing
}
