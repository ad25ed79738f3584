// Turns an accepted request into mails, one for each recipient.
import type { Delivery } from './delivery.ts'
import { type Address, type MailBody, type Personalization, recipientsOf } from './mail-body.ts'
import type { StoredMail } from './mailbox.ts'
import type { ReceivedMail } from './model.ts'

/** The mails of a request, in the order of its recipients. `requestId` becomes the answer's `X-Message-Id`. */
export function mailsOf(body: MailBody, request: { requestId: string; apiKey: string; now: Date }): StoredMail[] {
  const envelopes = body.personalizations.flatMap((personalization) =>
    recipientsOf(personalization).map((recipient) => ({ personalization, recipient })),
  )
  return envelopes.map(({ personalization, recipient }, index) => {
    const mail = mailTo(recipient, personalization, body)
    const id = index === 0 ? request.requestId : `${request.requestId}.${index}`
    return {
      mail: { ...mail, id, receivedAt: request.now },
      delivery: deliveryOf(body, personalization, { ...request, recipient: index, mail }),
    }
  })
}

/** The sender's own id in a personalization's custom args, if there is one. */
export function messageIdOf(body: MailBody, personalization: Personalization | undefined): string | null {
  return textValues(body.custom_args, personalization?.custom_args).message_id ?? null
}

type MailContent = Omit<ReceivedMail, 'id' | 'receivedAt'>

function mailTo(recipient: Address, personalization: Personalization, body: MailBody): MailContent {
  const from = personalization.from ?? body.from
  const contentOf = (type: string) => body.content?.find((part) => part.type === type)?.value ?? ''
  return {
    messageId: messageIdOf(body, personalization),
    customArgs: textValues(body.custom_args, personalization.custom_args),
    to: recipient.email,
    toName: recipient.name ?? null,
    from: from.email,
    fromName: from.name ?? null,
    replyTo: (body.reply_to ?? body.reply_to_list?.[0])?.email ?? null,
    subject: personalization.subject ?? body.subject ?? '',
    html: contentOf('text/html'),
    text: contentOf('text/plain'),
    headers: textValues(body.headers, personalization.headers),
    categories: body.categories ?? [],
  }
}

function deliveryOf(
  body: MailBody,
  personalization: Personalization,
  request: { requestId: string; apiKey: string; now: Date; recipient: number; mail: MailContent },
): Delivery {
  const sendAtMs = (personalization.send_at ?? body.send_at ?? 0) * 1000
  return {
    requestId: request.requestId,
    recipient: request.recipient,
    apiKey: request.apiKey,
    email: request.mail.to,
    customArgs: request.mail.customArgs,
    categories: request.mail.categories,
    tracksOpens: body.tracking_settings?.open_tracking?.enable !== false,
    tracksClicks: body.tracking_settings?.click_tracking?.enable !== false,
    bypassesSuppressions: body.mail_settings?.bypass_list_management?.enable === true,
    startsAt: new Date(Math.max(request.now.getTime(), sendAtMs)),
    eventCount: 0,
    events: [],
  }
}

function textValues(...sources: (Record<string, unknown> | undefined)[]): Record<string, string> {
  const merged: Record<string, string> = {}
  for (const [name, value] of sources.flatMap((source) => Object.entries(source ?? {}))) {
    if (typeof value === 'string') merged[name] = value
  }
  return merged
}
