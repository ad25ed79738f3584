// The scalar fields of outside payloads, as zod reads them: strict where a wrong value would do harm, lenient elsewhere.
import { z } from 'zod'
import { UnreadablePayloadError } from '#app/events/unreadable-payload.ts'
import { parseMinor } from '#app/lib/money.ts'

// Keys are bounded, because an index takes no more than 2,700 bytes and one row must not spoil its batch.
const longestKey = 255

const digits = z.union([z.int().nonnegative().transform(String), z.string().regex(/^\d{1,20}$/)])

/** A number that Shopify calls an id, or its gid, as a gid of `type`. */
export function id(type: string) {
  const gid = z
    .string()
    .max(longestKey)
    .regex(new RegExp(`^gid://shopify/${type}/\\d+(\\?.*)?$`))
    .transform((text) => text.replace(/\?.*$/, ''))
  return z.union([gid, digits.transform((number) => `gid://shopify/${type}/${number}`)])
}

/** As `id`, for things that may be absent: a line item whose product was deleted. */
export const optionalId = (type: string) => id(type).nullish().catch(null).transform(orNull)

/** The two fields in which a record states its own id. */
export const recordId = (type: string) => ({ admin_graphql_api_id: optionalId(type), id: optionalId(type) })

/** The record's gid. @throws UnreadablePayloadError when it has none: then there is nothing to key on */
export function gidOf(record: { admin_graphql_api_id: string | null; id: string | null }): string {
  const gid = record.admin_graphql_api_id ?? record.id
  if (gid === null) throw new UnreadablePayloadError('id: missing')
  return gid
}

/** A cart's or checkout's token without the secret that storefronts append after `?`. */
export const token = z
  .string()
  .transform((text) => text.split('?')[0]!.trim())
  .pipe(z.string().min(1).max(longestKey))
export const optionalToken = token.nullish().catch(null).transform(orNull)

/** Text that a wrong type or a null does no harm to. */
export const text = z.string().nullish().catch(null).transform(orNull)
export const titleText = text.transform((value) => value ?? '')
export const flag = z.boolean().nullish().catch(null).transform(Boolean)

/** An address that can be written to; anything else counts as none. */
export const email = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => {
    const address = value?.trim().toLowerCase()
    return address && address.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(address) ? address : null
  })

export const phone = text.transform((value) => value?.trim().slice(0, 64) || null)
export const countryCode = text.transform((value) =>
  value && /^[A-Za-z]{2}$/.test(value) ? value.toUpperCase() : null,
)
export const currency = z.string().regex(/^[A-Z]{3}$/)
export const optionalCurrency = currency.nullish().catch(null).transform(orNull)

/** A time as ISO 8601 with an offset. */
export const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT/)
  .transform((value) => new Date(value))
  .refine((date) => !Number.isNaN(date.getTime()))
export const optionalTime = time.nullish().catch(null).transform(orNull)

/** How many: PostgreSQL's `int` is the limit. */
export const quantity = z
  .int()
  .min(0)
  .max(2_147_483_647)
  .nullish()
  .transform((value) => value ?? 0)
/** Stock, which may be negative. */
export const stock = z.int().min(-2_147_483_648).max(2_147_483_647).nullish().catch(null).transform(orNull)

/** A decimal amount; Shopify writes most as text and a few as numbers. Its currency stands elsewhere. */
export const amount = z.union([z.string(), z.number().transform(String)])
export const optionalAmount = amount.nullish().transform(orNull)

/** `amount` in minor units of `currency`. @throws UnreadablePayloadError when it is no amount, or beyond 2^53 */
export function minorOf(amount: string, currency: string): number {
  const minor = parseMinor(amount, currency)
  if (minor === null) throw new UnreadablePayloadError('an amount is no number, or too large')
  return minor
}

/** `list` of zero or more, also when the source sends null in its place. */
export const listOf = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .array(entry)
    .nullish()
    .transform((entries) => entries ?? [])

function orNull<Value>(value: Value | null | undefined): Value | null {
  return value ?? null
}
