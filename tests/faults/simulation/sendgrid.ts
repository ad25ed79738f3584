// SendGrid in the simulation: takes mails or not, answers or not, has a log, and reports what became of what it took.
import { generateKeyPairSync, sign } from 'node:crypto'
import { z } from 'zod'
import type { SendGridResponse, SendGridTransport } from '#app/messages/sendgrid-clients.server.ts'
import { currentTurn, type Scheduler } from './scheduler.ts'

/** What becomes of a call. `lost` was taken and its answer lost; `never` arrived; `silent` was never answered. */
export const callFates = [400, 401, 413, 429, 500, 502, 503, 504, 'lost', 'never', 'silent'] as const
export type CallFate = (typeof callFates)[number]

export interface TakenMail {
  messageId: string
  tenant: string
  to: string
  at: Date
  /** The step before which the turn began that claimed it. */
  claimedAfter: number
}

export interface SimulatedSendGrid {
  taken: TakenMail[]
  /** How many calls there were. */
  calls(): number
  transport: SendGridTransport
}

const mailSchema = z.object({
  personalizations: z.tuple([z.object({ to: z.tuple([z.object({ email: z.string() })]) })]),
  custom_args: z.object({ message_id: z.string(), tenant: z.string() }),
})
const querySchema = z.object({ query: z.string() })

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
export const eventPublicKey = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

export interface SendGridOptions {
  scheduler: Scheduler
  now(): Date
  fateOf(call: number): CallFate | null
  /** A mail was taken: its events are on their way. */
  onTaken(mail: TakenMail): void
}

export function simulatedSendGrid({ scheduler, now, fateOf, onTaken }: SendGridOptions): SimulatedSendGrid {
  const taken: TakenMail[] = []
  let calls = 0

  function take(data: string, claimedAfter: number) {
    const { personalizations, custom_args } = mailSchema.parse(JSON.parse(data))
    const to = personalizations[0].to[0].email
    const { message_id: messageId, tenant } = custom_args
    const mail = { messageId, tenant, to, at: now(), claimedAfter }
    taken.push(mail)
    onTaken(mail)
  }

  function answerMail(data: string, claimedAfter: number): SendGridResponse {
    calls += 1
    const fate = fateOf(calls)
    if (typeof fate === 'number') {
      // What stands between may have passed it on before it failed.
      if (fate === 504) take(data, claimedAfter)
      return { status: fate, data: { errors: [{ field: 'content' }] }, headers: {} }
    }
    if (fate === 'never') throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' })
    if (fate === 'silent') throw Object.assign(new Error('silence'), { code: 'ECONNABORTED' })
    take(data, claimedAfter)
    if (fate !== null) throw Object.assign(new Error('lost'), { code: 'ECONNRESET' })
    return { status: 202, data: '', headers: { 'x-message-id': `sg-${taken.length}` } }
  }

  function answerLog(url: string, data = '{}') {
    const id = /\/v3\/logs\/(.+)$/.exec(url)?.[1]
    const listed = taken.map((mail, place) => ({ ...mail, id: `sg-${place + 1}` }))
    const one = listed.find((mail) => mail.id === id)
    if (one) return { custom_args: { message_id: one.messageId } }
    const { query } = querySchema.parse(JSON.parse(data))
    const asked = listed.filter(({ to }) => query.includes(`'${to}'`))
    return {
      messages: asked.map(({ id, to, at }) => ({
        sg_message_id: id,
        to_email: to,
        sg_message_id_created_at: at.toISOString(),
      })),
    }
  }

  return {
    taken,
    calls: () => calls,
    transport: ({ url, data }) => {
      const turn = currentTurn()!
      return new Promise((resolve, reject) => {
        let answer: () => void = () => {}
        scheduler.ask({
          turn,
          kind: 'call',
          async run() {
            try {
              const isMail = url.endsWith('/v3/mail/send')
              const result = isMail
                ? answerMail(data ?? '', turn.beganAt)
                : { status: 200, data: answerLog(url, data), headers: {} }
              answer = () => resolve(result)
            } catch (error) {
              answer = () => reject(error)
            }
          },
          answer: () => answer(),
          lose: async () => reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' })),
          isBlocked: () => Promise.resolve(false),
        })
      })
    },
  }
}

/** A batch of events as SendGrid posts it. */
export function eventPost(mail: TakenMail, kinds: readonly string[], at: Date) {
  const timestamp = Math.floor(at.getTime() / 1000)
  const events = kinds.map((event) => ({
    event,
    email: mail.to,
    timestamp,
    sg_event_id: `${event}-${mail.messageId}`,
    sg_message_id: `sg.${mail.messageId}`,
    message_id: mail.messageId,
    tenant: mail.tenant,
  }))
  const body = JSON.stringify(events)
  return {
    path: '/webhooks/sendgrid',
    body,
    headers: {
      'x-twilio-email-event-webhook-timestamp': String(timestamp),
      'x-twilio-email-event-webhook-signature': sign('sha256', Buffer.from(timestamp + body), privateKey).toString(
        'base64',
      ),
    },
  }
}
