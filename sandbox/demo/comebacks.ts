// Shoppers who come back: an abandoned checkout that is finished after all, by a click in a mail or in the storefront.
import type { Stage } from '#sandbox/history/perform-act.ts'
import type { Act, Visit } from '#sandbox/history/plan-acts.ts'
import { type Happening, happeningsOf } from '#sandbox/history/shop-life.ts'
import { createHeap } from '#sandbox/lib/heap.ts'
import { between, randomFor } from '#sandbox/lib/random.ts'
import type { Checkout, Line, Store } from '#sandbox/store/model.ts'

export interface Comebacks {
  /** Somebody will finish this checkout at `at`, if it is still open then. */
  plan(checkoutToken: string, at: Date): void
  /** What has happened by `now`, in order of time; the store is brought in step. */
  takeDue(now: Date): Happening[]
}

type Step = { kind: 'finish'; checkoutToken: string } | { kind: 'act'; act: Act }

const secondMs = 1_000
const hourMs = 3_600_000
const dayMs = 24 * hourMs
// Above the ranges that the history's orders, lines and fulfilments take their ids from.
const firstOrderId = 4_490_000_000_001
const firstLineId = 4_590_000_000_001
const firstFulfilmentId = 4_790_000_000_001

export function createComebacks(store: Store, baseUrl: string, seed: string): Comebacks {
  const stage: Stage = { store, baseUrl, orders: new Map(), hasConsent: () => false }
  const planned = createHeap<{ at: Date; step: Step }>((left, right) => left.at < right.at)
  let orders = 0
  let lines = 0

  function finish(checkout: Checkout, at: Date): Act {
    const number = orders++
    const invoice = `R${1001 + number}`
    const random = randomFor(seed, `comeback:${invoice}`)
    const shippedAt = new Date(at.getTime() + dayMs)
    const deliveredAt = new Date(shippedAt.getTime() + between(random, 48, 96) * hourMs)
    const fulfillmentId = String(firstFulfilmentId + number)
    planned.push({ at: new Date(at.getTime() + secondMs), step: { kind: 'act', act: { kind: 'pay', invoice } } })
    planned.push({ at: shippedAt, step: { kind: 'act', act: { kind: 'ship', invoice, fulfillmentId } } })
    planned.push({ at: deliveredAt, step: { kind: 'act', act: { kind: 'deliver', invoice } } })
    return { kind: 'order', visit: visitOf(checkout), invoice, orderId: String(firstOrderId + number) }
  }

  /** With lines of its own: the ones in the cart may be bought a second time later in the history. */
  function visitOf({ customer, cartToken, token, lines: left }: Checkout): Visit {
    const ownLines = left.map((line): Line => ({ ...line, id: String(firstLineId + lines++) }))
    const countryCode = customer?.countryCode
    return { customer, customerName: null, countryCode, lines: ownLines, cartToken, checkoutToken: token }
  }

  function actOf(step: Step, at: Date): Act | null {
    if (step.kind === 'act') return step.act
    const checkout = store.checkouts.get(step.checkoutToken)
    return checkout && !checkout.completedAt ? finish(checkout, at) : null
  }

  return {
    plan: (checkoutToken, at) => planned.push({ at, step: { kind: 'finish', checkoutToken } }),
    takeDue(now) {
      const happened: Happening[] = []
      for (let next = planned.peek(); next && next.at <= now; next = planned.peek()) {
        planned.pop()
        const { at, step } = next
        const act = actOf(step, at)
        if (act) happened.push(...happeningsOf(stage, act, at))
      }
      return happened
    },
  }
}
