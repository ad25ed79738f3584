import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shopId } from '#app/lib/ids.ts'
import { collectorLimits, createCollector, IntakeBusyError } from './collector.server.ts'
import type { Acceptance, Delivery } from './inbox.server.ts'

const delivery = (deliveryId: string, bytes = 10): Delivery => ({
  shopId: shopId(1),
  source: 'shopify',
  topic: 'orders/create',
  deliveryId,
  triggeredAt: null,
  body: Buffer.alloc(bytes),
})

/** A store that remembers, takes its time, and fails whole batches where `fails` says so. */
function slowStore(fails: (batch: number) => boolean = () => false) {
  const seen = new Set<string>()
  const batches: number[] = []
  let inFlight = 0
  let mostInFlight = 0
  async function store(deliveries: readonly Delivery[]): Promise<Acceptance[]> {
    const number = batches.push(deliveries.length)
    inFlight += 1
    mostInFlight = Math.max(mostInFlight, inFlight)
    await new Promise((resolve) => setImmediate(resolve))
    inFlight -= 1
    if (fails(number)) throw new Error('database away')
    return deliveries.map(({ deliveryId }) => {
      if (seen.has(deliveryId)) return 'duplicate'
      seen.add(deliveryId)
      return 'accepted'
    })
  }
  return { store, seen, batches, mostInFlight: () => mostInFlight }
}

test('every caller hears of its own deliveries, none before it is kept, whatever comes together and fails', async () => {
  const groups = fc.array(fc.array(fc.nat({ max: 30 }).map(String), { maxLength: 12 }), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(groups, fc.integer({ min: 1, max: 7 }), fc.nat({ max: 4 }), async (ids, rows, failEvery) => {
      const database = slowStore((batch) => failEvery > 1 && batch % failEvery === 0)
      const collector = createCollector(database.store, { ...collectorLimits, rows, lingerMs: 0 })
      const told = ids.map(async (group) => {
        const answer = await collector.accept(group.map((id) => delivery(id))).catch(() => null)
        if (answer) expect(group.every((id) => database.seen.has(id))).toBe(true)
        return answer?.length ?? group.length
      })
      expect(await Promise.all(told)).toEqual(ids.map((group) => group.length))
      await collector.idle()
      expect(Math.max(0, ...database.batches)).toBeLessThanOrEqual(rows)
      expect(database.mostInFlight()).toBeLessThanOrEqual(2)
      expect(collector.waiting()).toBe(0)
    }),
  )
})

test('each delivery is accepted once, however often it comes at the same time', async () => {
  const collector = createCollector(slowStore().store, { ...collectorLimits, rows: 3 })
  const answers = await Promise.all(Array.from({ length: 20 }, () => collector.accept([delivery('same')])))
  expect(answers.flat().filter((answer) => answer === 'accepted')).toHaveLength(1)
})

test('what arrives together shares an insert', async () => {
  const database = slowStore()
  const collector = createCollector(database.store)
  await Promise.all(Array.from({ length: 150 }, (_, n) => collector.accept([delivery(`${n}`)])))
  expect(database.batches).toEqual([150])
})

test('when an insert fails, all of its callers hear so, and the next ones are served', async () => {
  const collector = createCollector(slowStore((batch) => batch === 1).store)
  const first = await Promise.allSettled([collector.accept([delivery('a')]), collector.accept([delivery('b')])])
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await collector.accept([delivery('a')])).toEqual(['accepted'])
})

test('when too many wait, newcomers are refused at once, but a group is taken whole', async () => {
  const collector = createCollector(slowStore().store, { ...collectorLimits, rows: 2, waitingRows: 4 })
  const group = collector.accept(Array.from({ length: 20 }, (_, n) => delivery(`${n}`)))
  await expect(collector.accept([delivery('late')])).rejects.toThrow(IntakeBusyError)
  expect(await group).toHaveLength(20)
  expect(await collector.accept([delivery('late')])).toEqual(['accepted'])
})

test('large bodies go in smaller batches, and a body beyond the limit goes alone', async () => {
  const database = slowStore()
  const collector = createCollector(database.store, { ...collectorLimits, bytes: 100 })
  await collector.accept([
    delivery('a', 60),
    delivery('b', 60),
    delivery('c', 500),
    delivery('d', 40),
    delivery('e', 60),
  ])
  expect(database.batches).toEqual([1, 1, 1, 2])
})
