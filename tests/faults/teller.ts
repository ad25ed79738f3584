// Tells a story to a stage as Shopify does: signed webhooks over HTTP, some of them twice.
import type { Happening } from '#sandbox/history/shop-life.ts'
import { chance, randomFor } from '#sandbox/lib/random.ts'
import type { Stage } from './stage.ts'
import type { Story } from './story.ts'

export interface Teller {
  /** What is sold is known before anybody buys. */
  introduce(): Promise<void>
  /** Goes on delivering what happens, each thing when its time has come, until there is no more time. */
  tell(isTimeFor: (moment: Date) => Promise<boolean>): Promise<void>
  /** How many different webhooks were accepted. */
  accepted(): number
}

const repeatedShare = 0.05

export function teller({ shopify, tern }: Stage, { products, happenings }: Story, seed: string): Teller {
  const random = randomFor(seed, 'repeats')
  let told = 0
  let accepted = 0
  const deliver = async ({ at, topic, body }: Happening, duplicate = false) => {
    const { result } = await shopify.deliver(topic, body, { triggeredAt: at, duplicate })
    if (result === 'accepted') accepted += 1
  }
  return {
    async introduce() {
      await Promise.all(products.map((product) => deliver(product)))
      while ((await tern.workDue()) > 0);
    },
    async tell(isTimeFor) {
      for (; told < happenings.length; told += 1) {
        const happening = happenings[told]!
        if (!(await isTimeFor(happening.at))) return
        await deliver(happening, chance(random, repeatedShare))
      }
    },
    accepted: () => accepted,
  }
}
