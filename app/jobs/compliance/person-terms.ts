// By which words a person is recognised in what was delivered about them.
import { z } from 'zod'

/** What an erasure removed: enough to find the person in raw deliveries, nothing more. */
export const erasedSchema = z.object({
  profileIds: z.array(z.number()),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  /** Shopify's ids: the customer's own, and those of the orders. */
  customerIds: z.array(z.string()),
  orderIds: z.array(z.string()),
  /** Of carts and checkouts. */
  tokens: z.array(z.string()),
})

export type Erased = z.infer<typeof erasedSchema>

/** The number in a gid. */
export const numberOf = (gid: string) => gid.slice(gid.lastIndexOf('/') + 1)

/** A test whether a text speaks of the person: of an address in any case, of a number only when it stands by itself. */
export function speaksOf({ emails, phones, customerIds, orderIds, tokens }: Erased): (text: string) => boolean {
  const words = [...emails.flatMap(spellings), ...phones.flatMap(phoneSpellings), ...tokens].map(escaped)
  const numbers = [...customerIds, ...orderIds].map((id) => `(?<!\\d)${escaped(numberOf(id))}(?!\\d)`)
  const all = [...words, ...numbers]
  if (all.length === 0) return () => false
  const pattern = new RegExp(all.join('|'), 'i')
  return (text) => pattern.test(text)
}

/** As it is, and as it stands in a URL. */
const spellings = (email: string) => [email, encodeURIComponent(email)]

/** As it is, and as its digits alone. */
function phoneSpellings(phone: string) {
  const digits = phone.replace(/\D/g, '')
  return [phone, ...(digits.length >= 7 ? [digits] : [])]
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
