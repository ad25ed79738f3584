// Lets accepted mail live: what is planned for it happens when its time comes, and is then reported.
import type { Clock } from '#app/platform/clock.server.ts'
import { type Delivery, type Occurrence, planDelivery, planDrop } from './delivery.ts'
import type { EventWebhook } from './event-webhook.ts'
import { sendGridEvent } from './events.ts'
import type { StoredMail } from './mailbox.ts'
import type { EngagementModel, SendGridEvent } from './model.ts'
import { createSuppressions } from './suppressions.ts'
import { createTimeQueue } from './time-queue.ts'

export type PostOffice = {
  /** Plans what becomes of a mail. */
  accept(stored: StoredMail): void
  /** Something happens to a mail right now, because somebody pressed a button. */
  happen(delivery: Delivery, occurrence: Occurrence): void
  dropReason(delivery: Delivery): string | null
  nextEventAt(): Date | null
  deliverDueEvents(): Promise<number>
}

/** A post office where nothing is under way. */
export function createPostOffice(options: {
  clock: Clock
  webhook: EventWebhook
  engagement: EngagementModel
  seed: string
}): PostOffice {
  const { clock, webhook, engagement, seed } = options
  const suppressions = createSuppressions()
  const ahead = createTimeQueue<{ delivery: Delivery; occurrence: Occurrence; at: Date }>()
  let unreported: SendGridEvent[] = []
  let delivering: Promise<number> = Promise.resolve(0)

  function letDueHappen(now: Date) {
    for (let due = ahead.takeDue(now.getTime()); due; due = ahead.takeDue(now.getTime())) {
      record(due.delivery, due.occurrence, due.at)
    }
  }

  function record(delivery: Delivery, occurrence: Occurrence, at: Date) {
    suppressions.learn(delivery.apiKey, delivery.email, occurrence)
    const event = sendGridEvent(delivery, occurrence, at)
    delivery.events.push(event)
    unreported.push(event)
  }

  function dropReason(delivery: Delivery): string | null {
    return delivery.bypassesSuppressions ? null : suppressions.dropReason(delivery.apiKey, delivery.email)
  }

  async function reportDue(): Promise<number> {
    letDueHappen(clock.now())
    const events = unreported
    unreported = []
    webhook.enqueue(events)
    return webhook.postDue()
  }

  return {
    accept({ mail, delivery }) {
      letDueHappen(clock.now())
      const reason = dropReason(delivery)
      const plan = reason ? planDrop(reason) : planDelivery(mail, delivery, engagement, seed)
      const startMs = delivery.startsAt.getTime()
      for (const { occurrence, afterMs, postAfterMs } of plan) {
        ahead.push(startMs + postAfterMs, { delivery, occurrence, at: new Date(startMs + afterMs) })
      }
    },
    happen(delivery, occurrence) {
      letDueHappen(clock.now())
      record(delivery, occurrence, clock.now())
    },
    dropReason,
    nextEventAt() {
      if (unreported.length > 0) return clock.now()
      const nextMs = Math.min(ahead.nextMs() ?? Number.POSITIVE_INFINITY, webhook.nextMs() ?? Number.POSITIVE_INFINITY)
      return Number.isFinite(nextMs) ? new Date(nextMs) : null
    },
    deliverDueEvents() {
      // One after the other, so that whoever awaits this also awaits what an earlier call still has in flight.
      delivering = delivering.catch(() => 0).then(reportDue)
      return delivering
    },
  }
}
