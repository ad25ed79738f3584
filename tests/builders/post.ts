// Sets up sending from end to end: Tern's delivery on a virtual clock, and the stand-in for SendGrid that it calls.
import { onTestFinished } from 'vitest'
import type { ClaimDeps } from '#app/messages/claim.server.ts'
import { type DeliveryDeps, deliverDue } from '#app/messages/delivery.server.ts'
import { createMailSender } from '#app/messages/mail-sender.server.ts'
import { createMessageFacts, type MessageReport } from '#app/messages/message-facts.server.ts'
import { createSenderPauses } from '#app/messages/sender-pauses.ts'
import { createSendGridClients } from '#app/messages/sendgrid-clients.server.ts'
import { createSendGridLog } from '#app/messages/sendgrid-log.server.ts'
import { createTemplateCache } from '#app/messages/template-store.server.ts'
import { type VirtualClock, virtualClock } from '#app/platform/clock.server.ts'
import { type Database, withSystem } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createSecrets } from '#app/platform/secrets.server.ts'
import { type SendGridStandIn, type SendGridStandInOptions, startSendGridStandIn } from '#sandbox/sendgrid/stand-in.ts'
import { start } from './messages.ts'

export interface Post {
  clock: VirtualClock
  standIn: SendGridStandIn
  deps: DeliveryDeps
  /** Moves the clock and sends until nothing is due; returns how many messages were worked on. */
  deliver(at?: Date): Promise<number>
  /** Applies facts about messages as if their events had come. */
  report(reports: readonly MessageReport[]): Promise<(number | null)[]>
  /** Whose consent is to be written back to Shopify. */
  pushes: { shopId: number; profileId: number }[]
}

export interface PostOptions extends Partial<Omit<SendGridStandInOptions, 'clock'>> {
  gate?: ClaimDeps['gate']
  timeoutMs?: number
  leaseMs?: number
  /** Where Tern looks for SendGrid, when that is not to be the stand-in. */
  baseUrl?: string
}

export const secrets = createSecrets(Buffer.alloc(32, 7).toString('base64'))

/** Everything that sending needs, until the end of the test. What earlier tests left to be sent is put to rest. */
export async function openPost(db: Database, options: PostOptions = {}): Promise<Post> {
  const { gate = async () => new Map(), timeoutMs = 2_000, leaseMs = 60_000, baseUrl, ...standInOptions } = options
  const clock = virtualClock(start)
  await db.pool.query(`update shop_lane set next_due_at = 'infinity' where lane = 'send'`)
  const standIn = await startSendGridStandIn({ clock, ...standInOptions })
  const clients = createSendGridClients({ baseUrl: baseUrl ?? standIn.url, timeoutMs, maxSockets: 64 })
  onTestFinished(async () => {
    clients.close()
    await standIn.close()
  })
  const deps: DeliveryDeps = {
    db,
    clock,
    log: silentLog,
    secrets,
    appUrl: 'https://tern.example',
    sender: createMailSender(clients),
    sendgridLog: createSendGridLog(clients),
    pauses: createSenderPauses(),
    templates: createTemplateCache(),
    gate,
    defaultApiKey: standIn.apiKey,
    leaseMs,
    // No process is stopped, however slow the machine is.
    realMs: () => 0,
  }
  const pushes: Post['pushes'] = []
  const applyFacts = createMessageFacts({
    enqueuePushConsent: async (_tx, person) => void pushes.push(person),
    log: silentLog,
  })
  return {
    clock,
    standIn,
    deps,
    pushes,
    async deliver(at) {
      if (at) clock.advanceTo(at)
      let total = 0
      for (let worked = await deliverDue(deps); worked > 0; worked = await deliverDue(deps)) total += worked
      return total
    },
    report: (reports) => withSystem(db, (tx) => applyFacts(tx, reports, clock.now())),
  }
}
