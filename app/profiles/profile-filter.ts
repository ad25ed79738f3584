// Which profiles a list asks for. It lives in the page's address, so anything may stand there: what is no filter is none.
import { z } from 'zod'
import { consentChoices, orderChoices } from './profile-choices.ts'

const profileFilterSchema = z.object({
  /** The beginning of an address, or of a first or last name, or of both names. */
  search: z.string().trim().max(200).catch(''),
  consent: z.enum(consentChoices).nullable().catch(null),
  tag: z.string().trim().min(1).max(255).nullable().catch(null),
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .transform((code) => code.toUpperCase())
    .nullable()
    .catch(null),
  orders: z.enum(orderChoices).nullable().catch(null),
  suppressed: z.enum(['yes', 'no']).nullable().catch(null),
})
export type ProfileFilter = z.output<typeof profileFilterSchema>

export function profileFilterIn(query: URLSearchParams): ProfileFilter {
  return profileFilterSchema.parse({
    search: query.get('q') ?? '',
    consent: query.get('consent'),
    tag: query.get('tag'),
    country: query.get('country'),
    orders: query.get('orders'),
    suppressed: query.get('suppressed'),
  })
}
