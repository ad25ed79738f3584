// Lets the shop's life pass: each thing is told to Tern by webhook when its time has come.
import type { Happening } from '#sandbox/history/shop-life.ts'
import type { World } from './start-world.ts'

/** Shopify looks after its deliveries this often, by the shop's clock. */
const tickMs = 3 * 60_000

/** Returns when `signal` aborts. */
export async function live({ clock, shopify, story, comebacks }: World, signal: AbortSignal): Promise<void> {
  const deliver = ({ at, topic, body }: Happening) => shopify.deliver(topic, body, { triggeredAt: at })
  let next = story.life.next()
  while (!signal.aborted) {
    const now = clock.now()
    for (const happening of comebacks.takeDue(now)) await deliver(happening)
    for (; !next.done && next.value.at <= now && !signal.aborted; next = story.life.next()) await deliver(next.value)
    await shopify.retryDue()
    await clock.sleep(tickMs, signal)
  }
}
