// Hands one mail to SendGrid and says what surely happened to it.
import { type MailDataRequired, MailService } from '@sendgrid/mail'
import { type HandOver, handOverOf } from './hand-over.ts'
import type { SendGridClients } from './sendgrid-clients.server.ts'

export interface Mail {
  from: { email: string; name: string }
  replyTo: string | null
  to: string
  subject: string
  html: string
  text: string
  headers: Record<string, string>
  /** Opaque ids only: SendGrid may keep them for ever. */
  customArgs: { tenant: string; message_id?: string; test?: 'true' }
}

export interface MailSender {
  /** Never throws: whatever goes wrong is an answer too. */
  send(apiKey: string, mail: Mail): Promise<HandOver>
}

export function createMailSender(clients: SendGridClients): MailSender {
  const services = new Map<string, MailService>()
  return {
    async send(apiKey, mail) {
      let service = services.get(apiKey)
      if (!service) {
        service = new MailService()
        service.setClient(clients.clientFor(apiKey))
        services.set(apiKey, service)
      }
      try {
        const [response] = await service.send(toSendGrid(mail))
        const providerId: unknown = response.headers['x-message-id']
        return { kind: 'accepted', providerId: typeof providerId === 'string' ? providerId : null }
      } catch (error) {
        return handOverOf(error)
      }
    },
  }
}

function toSendGrid(mail: Mail): MailDataRequired {
  return {
    from: mail.from,
    to: mail.to,
    ...(mail.replyTo ? { replyTo: mail.replyTo } : {}),
    subject: mail.subject,
    content: [
      { type: 'text/plain', value: mail.text },
      { type: 'text/html', value: mail.html },
    ],
    headers: mail.headers,
    customArgs: mail.customArgs,
    trackingSettings: {
      clickTracking: { enable: true, enableText: false },
      openTracking: { enable: true },
      subscriptionTracking: { enable: false },
    },
  }
}
