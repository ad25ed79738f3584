// Posts events to the application as SendGrid's event webhook does: signed batches, retried for a day.
import type { Clock } from '#app/platform/clock.server.ts'
import type { EventFaultScript, SendGridEvent } from './model.ts'
import { type EventSigner, SIGNATURE_HEADER, TIMESTAMP_HEADER } from './signature.ts'
import { createTimeQueue } from './time-queue.ts'

const BATCH_BYTES = 768_000
const ANSWER_WITHIN_MS = 10_000
const FIRST_RETRY_MS = 30_000
const LAST_RETRY_MS = 3600_000
const GIVE_UP_AFTER_MS = 24 * 3600_000

/** A batch keeps its bytes, its timestamp and so its signature through all retries. */
type Batch = { body: string; eventCount: number; timestamp: string; createdMs: number; attempts: number }

export type EventWebhook = {
  /** Groups `events` into batches that are due now, or later if a fault says so. */
  enqueue(events: SendGridEvent[]): void
  /** Posts every due batch and awaits the answers; returns how many events were accepted. */
  postDue(): Promise<number>
  nextMs(): number | undefined
  setUrl(url: string): void
}

/** A webhook without batches; it discards them as long as it has no `url`, as an account without webhook does. */
export function createEventWebhook(options: {
  clock: Clock
  signer: EventSigner
  url?: string
  faults?: EventFaultScript
}): EventWebhook {
  const { clock, signer, faults } = options
  let url = options.url
  let batchNumber = 0
  const waiting = createTimeQueue<Batch>()

  function addBatch(events: SendGridEvent[]) {
    const fault = faults?.(++batchNumber, events) ?? 'ok'
    const nowMs = clock.now().getTime()
    const dueMs = typeof fault === 'object' ? nowMs + fault.delayMs : nowMs
    const body = batchBody(fault === 'reorder' ? events.toReversed() : events)
    const timestamp = String(Math.floor(dueMs / 1000))
    const copies = fault === 'duplicate' ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      waiting.push(dueMs, { body, eventCount: events.length, timestamp, createdMs: dueMs, attempts: 0 })
    }
  }

  async function post(batch: Batch, to: string): Promise<boolean> {
    const headers = {
      'Content-Type': 'application/json',
      'User-Agent': 'SendGrid Event API',
      [SIGNATURE_HEADER]: signer.sign(batch.timestamp, batch.body),
      [TIMESTAMP_HEADER]: batch.timestamp,
    }
    try {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
      const response = await fetch(to, { method: 'POST', headers, body: batch.body, signal, redirect: 'manual' })
      await response.arrayBuffer()
      return response.ok
    } catch {
      // Unreachable, reset or too slow: all the same to SendGrid, it tries again.
      return false
    }
  }

  function retryLater(batch: Batch) {
    const delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** batch.attempts)
    const dueMs = clock.now().getTime() + delayMs
    if (dueMs - batch.createdMs <= GIVE_UP_AFTER_MS) waiting.push(dueMs, { ...batch, attempts: batch.attempts + 1 })
  }

  return {
    enqueue(events) {
      if (url) for (const batch of splitBySize(events)) addBatch(batch)
    },
    async postDue() {
      let accepted = 0
      const nowMs = clock.now().getTime()
      for (let batch = waiting.takeDue(nowMs); batch && url; batch = waiting.takeDue(nowMs)) {
        if (await post(batch, url)) accepted += batch.eventCount
        else retryLater(batch)
      }
      return accepted
    },
    nextMs: waiting.nextMs,
    setUrl(next) {
      url = next
    },
  }
}

/** SendGrid separates events by a line break and ends with one; both are part of what is signed. */
function batchBody(events: readonly SendGridEvent[]): string {
  return `[${events.map((event) => JSON.stringify(event)).join(',\r\n')}]\r\n`
}

function splitBySize(events: SendGridEvent[]): SendGridEvent[][] {
  const batches: SendGridEvent[][] = []
  let bytes = BATCH_BYTES
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event)) + 3
    if (bytes + size > BATCH_BYTES) {
      batches.push([])
      bytes = 0
    }
    batches.at(-1)?.push(event)
    bytes += size
  }
  return batches
}
