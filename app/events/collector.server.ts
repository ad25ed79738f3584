// Gathers deliveries that arrive within a few milliseconds into shared inserts: a commit costs the same for 200 as for one.
//
// What arrives in one turn of the event loop goes at once when nothing is under way. While an insert is, the next batch
// grows until it is full or `lingerMs` have passed, as long as fewer than `inFlight` are under way; what waits then goes
// as soon as one of them returns. Each caller hears of its own deliveries, and not before they are durable. What cannot
// be kept is refused, never queued without end.
import type { Acceptance, Delivery } from './inbox.server.ts'

export interface CollectorLimits {
  /** Deliveries in one insert. */
  rows: number
  /** Bytes of bodies in one insert, unless a single body is larger. */
  bytes: number
  inFlight: number
  lingerMs: number
  /** Deliveries, and bytes of them, that may wait before newcomers are refused. */
  waitingRows: number
  waitingBytes: number
}

export const collectorLimits: CollectorLimits = {
  rows: 200,
  bytes: 8_000_000,
  inFlight: 2,
  lingerMs: 2,
  waitingRows: 5_000,
  waitingBytes: 64_000_000,
}

/** Too much is waiting; the source has to come again later. */
export class IntakeBusyError extends Error {
  override name = 'IntakeBusyError'
}

export interface Collector {
  /**
   * Resolves when all of `deliveries` are durable, in their order.
   * @throws IntakeBusyError when too many wait already, or whatever the insert failed with
   */
  accept(deliveries: readonly Delivery[]): Promise<Acceptance[]>
  /** How many deliveries wait for an insert. */
  waiting(): number
  /** Resolves when nothing waits and nothing is under way: then the process may end. */
  idle(): Promise<void>
}

interface Waiting {
  delivery: Delivery
  settle: (acceptance: Acceptance) => void
  fail: (error: unknown) => void
}

/** @param store keeps a batch in one transaction and says of each delivery whether it was new */
export function createCollector(
  store: (deliveries: readonly Delivery[]) => Promise<Acceptance[]>,
  limits: CollectorLimits = collectorLimits,
): Collector {
  let queue: Waiting[] = []
  let waitingBytes = 0
  let inFlight = 0
  let isLingering = false
  let idleListeners: (() => void)[] = []

  function enqueue(delivery: Delivery) {
    waitingBytes += delivery.body.length
    return new Promise<Acceptance>((settle, fail) => queue.push({ delivery, settle, fail }))
  }

  /** Sends off full batches, or with `all` whatever there is. */
  function flush(all: boolean) {
    while (inFlight < limits.inFlight && queue.length > 0 && (all || isFull())) void send(takeBatch())
    if (queue.length === 0 || inFlight === limits.inFlight || isLingering) return
    isLingering = true
    if (inFlight === 0) setImmediate(lingered)
    else setTimeout(lingered, limits.lingerMs)
  }

  function lingered() {
    isLingering = false
    flush(true)
  }

  const isFull = () => queue.length >= limits.rows || waitingBytes >= limits.bytes

  function takeBatch(): Waiting[] {
    let rows = 0
    let bytes = 0
    while (rows < queue.length && rows < limits.rows) {
      bytes += queue[rows]!.delivery.body.length
      if (rows > 0 && bytes > limits.bytes) break
      rows += 1
    }
    const batch = queue.slice(0, rows)
    queue = queue.slice(rows)
    waitingBytes -= batch.reduce((sum, { delivery }) => sum + delivery.body.length, 0)
    return batch
  }

  async function send(batch: Waiting[]) {
    inFlight += 1
    try {
      const acceptances = await store(batch.map(({ delivery }) => delivery))
      for (const [place, waiting] of batch.entries()) waiting.settle(acceptances[place]!)
    } catch (error) {
      for (const waiting of batch) waiting.fail(error)
    }
    inFlight -= 1
    flush(true)
    if (inFlight === 0 && queue.length === 0) {
      for (const listener of idleListeners) listener()
      idleListeners = []
    }
  }

  return {
    accept(deliveries) {
      if (queue.length >= limits.waitingRows || waitingBytes >= limits.waitingBytes)
        return Promise.reject(new IntakeBusyError('too many deliveries are waiting'))
      // A group is let in whole, also beyond the limit: in part it could never be finished.
      const acceptances = Promise.all(deliveries.map(enqueue))
      flush(false)
      return acceptances
    },
    waiting: () => queue.length,
    idle: () =>
      inFlight === 0 && queue.length === 0 ? Promise.resolve() : new Promise((resolve) => idleListeners.push(resolve)),
  }
}
