// The body of POST /v3/mail/send, as far as the stand-in reads it.

export type Address = { email: string; name?: string }

export type Personalization = {
  to: Address[]
  cc?: Address[]
  bcc?: Address[]
  from?: Address
  subject?: string
  headers?: Record<string, unknown>
  custom_args?: Record<string, unknown>
  send_at?: number
}

export type MailBody = {
  personalizations: Personalization[]
  from: Address
  reply_to?: Address
  reply_to_list?: Address[]
  subject?: string
  content?: { type: string; value: string }[]
  template_id?: string
  headers?: Record<string, unknown>
  custom_args?: Record<string, unknown>
  categories?: string[]
  send_at?: number
  mail_settings?: { sandbox_mode?: { enable?: boolean }; bypass_list_management?: { enable?: boolean } }
  tracking_settings?: { click_tracking?: { enable?: boolean }; open_tracking?: { enable?: boolean } }
}

/** Everyone a personalization goes to. */
export function recipientsOf(personalization: Personalization): Address[] {
  return [...personalization.to, ...(personalization.cc ?? []), ...(personalization.bcc ?? [])]
}
