// Whom mails went to, as SendGrid sees it, and what Tern knows of them.
import type { Database } from '#app/platform/database.server.ts'
import type { Stage } from './stage.ts'

export interface SentMail {
  /** Who, by which flow and step, about what: the same in every run of a story. */
  key: string
  messageId: string
  flow: string
  email: string
  at: Date
}

/** The mails that SendGrid has, with the flow's view of each. */
export async function sentMails({ db, sendgrid }: Stage): Promise<SentMail[]> {
  const { rows } = await db.pool.query<{ id: string; flow: string; step: string; subject: string }>(
    `select m.id, f.key as flow, m.step, m.subject_ref as subject
     from message m join flow f on f.shop_id = m.shop_id and f.id = m.flow_id`,
  )
  const messages = new Map(rows.map((row) => [row.id, row]))
  return sendgrid.mails().map(({ messageId, to, subject, receivedAt }) => {
    const message = messages.get(messageId ?? '')
    if (!message) throw new Error('SendGrid has a mail that no message tells of')
    const key = `${message.flow}/${message.step} to ${to} about ${message.subject}: ${subject}`
    return { key, messageId: message.id, flow: message.flow, email: to, at: receivedAt }
  })
}

/** The ids of the messages that Tern believes to have sent. */
export async function messagesBelievedSent(db: Database): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>('select id from message where handed_over_at is not null')
  return rows.map(({ id }) => id).sort()
}

export interface Ending {
  email: string
  at: Date
}

/** The events that end flows. */
export async function listEndings(db: Database): Promise<Ending[]> {
  const { rows } = await db.pool.query<Ending>(
    `select p.email, e.occurred_at as at from event e join profile p on p.shop_id = e.shop_id and p.id = e.profile_id
     where e.type in ('order_placed', 'order_cancelled', 'order_refunded', 'checkout_started')`,
  )
  return rows
}
