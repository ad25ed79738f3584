// Tells the app what happens: strangers' webhooks may travel side by side, one person's follow each other.
import type { Happening } from '#sandbox/history/shop-life.ts'
import type { StandIn } from '#sandbox/shopify/stand-in.ts'

export interface Teller {
  /** Resolves when there is room for more; what it has been given may still be under way. */
  tell(happening: Happening): Promise<void>
  /** @throws whatever a delivery failed with */
  allTold(): Promise<void>
}

/** @param atOnce how many webhooks may be under way */
export function createTeller(shopify: Pick<StandIn, 'deliver'>, atOnce: number): Teller {
  const underWay = new Set<Promise<unknown>>()
  const lastOf = new Map<string, Promise<unknown>>()

  async function allTold() {
    await Promise.all(underWay)
    lastOf.clear()
  }

  return {
    async tell({ at, topic, body, customerId }) {
      const person = customerId ?? 'somebody'
      const told = (lastOf.get(person) ?? Promise.resolve()).then(() =>
        shopify.deliver(topic, body, { triggeredAt: at }),
      )
      lastOf.set(person, told)
      underWay.add(told)
      // A failure stays: whoever waits for it next hears of it.
      told.then(
        () => underWay.delete(told),
        () => {},
      )
      if (underWay.size >= atOnce) await allTold()
    },
    allTold,
  }
}
