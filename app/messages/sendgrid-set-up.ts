// What Tern needs of a SendGrid account, and what is known of the sender's domain.
import { z } from 'zod'

/** Without it nothing can be sent. */
export const neededScope = 'mail.send'
/** Each lets Tern do one thing by itself that is done by hand otherwise. */
export const setUpScopes = [
  'messages.read',
  'user.webhooks.event.settings.read',
  'user.webhooks.event.settings.create',
  'user.webhooks.event.settings.update',
  'whitelabel.read',
  'whitelabel.create',
  'whitelabel.update',
]

export const domainStateSchema = z.object({
  id: z.number(),
  domain: z.string(),
  isValid: z.boolean(),
  records: z.array(
    z.object({ name: z.string(), type: z.string(), host: z.string(), data: z.string(), isValid: z.boolean() }),
  ),
})

/** A domain's authentication: the DNS records that its owner publishes, and which of them SendGrid has seen. */
export type DomainState = z.infer<typeof domainStateSchema>

/** The domain that an address is at. */
export const domainOf = (email: string) => email.slice(email.lastIndexOf('@') + 1).toLowerCase()
