// Retells an order history as the life of a Shopify shop: every webhook in order of time, and the store in step with it.
import { createHeap, type Heap } from '#sandbox/lib/heap.ts'
import { chance, randomFor } from '#sandbox/lib/random.ts'
import type { Store } from '#sandbox/store/model.ts'
import { type WebhookTopic, webhookBody } from '#sandbox/store/webhook-payloads.ts'
import { createCast } from './cast.ts'
import type { HistoryEntry } from './history.ts'
import { customerOf, performAct, type Stage } from './perform-act.ts'
import { type Act, LOOK_BACK_MS, type PlannedAct, planActs } from './plan-acts.ts'

/** Something that Shopify tells the app about. */
export interface Happening {
  at: Date
  topic: WebhookTopic
  /** The webhook's body, as it is to be signed and sent. */
  body: string
  /** Who does it or has it done to them; null for guests, whom Shopify has no id for. */
  customerId: string | null
}

export interface ShopLifeOptions {
  /** Same seed, same history: same life. */
  seed: string
  /** Share of customers' orders before which an additional checkout was left, 0 to 1. */
  abandonShare: number
  /** Who agrees to marketing: everyone, nobody, or a share from 0 to 1. */
  consent: 'all' | 'none' | number
  /** Title by stock code. */
  productTitles: ReadonlyMap<string, string>
  /** Where the shop's pages and pictures are; without it, the shop's own domain. */
  baseUrl?: string
}

/**
 * Yields what happens, in order of time, and brings `store` to the same state just before each yield.
 * `entries` must be in order of time. Only some two weeks of plans are kept: from a checkout that is left ten days before
 * its order to the parcel's arrival.
 */
export function* shopLife(
  entries: Iterable<HistoryEntry>,
  store: Store,
  options: ShopLifeOptions,
): Generator<Happening, void> {
  const baseUrl = options.baseUrl ?? `https://${store.shop.domain}`
  const cast = createCast(store, { ...options, baseUrl })
  const stage: Stage = { store, baseUrl, orders: new Map(), hasConsent: consentOf(options) }
  const planned = createHeap<QueuedAct>(isBefore)
  let sequence = 0
  for (const entry of entries) {
    yield* actUntil(entry.at.getTime() - LOOK_BACK_MS, planned, stage)
    for (const act of planActs(entry, cast, options)) planned.push({ ...act, sequence: sequence++ })
  }
  yield* actUntil(Number.POSITIVE_INFINITY, planned, stage)
}

interface QueuedAct extends PlannedAct {
  /** Acts of one time happen in the order in which they were planned. */
  sequence: number
}

function isBefore(left: QueuedAct, right: QueuedAct): boolean {
  return left.atMs < right.atMs || (left.atMs === right.atMs && left.sequence < right.sequence)
}

function* actUntil(endMs: number, planned: Heap<QueuedAct>, stage: Stage): Generator<Happening, void> {
  for (;;) {
    const next = planned.peek()
    if (next === undefined || next.atMs >= endMs) return
    planned.pop()
    const at = new Date(next.atMs)
    yield* happeningsOf(stage, next.act, at)
  }
}

/** Lets an act happen: what Shopify tells of it. */
export function happeningsOf(stage: Stage, act: Act, at: Date): Happening[] {
  const customerId = customerOf(stage, act)?.id ?? null
  return performAct(stage, act, at).map((webhook) => {
    const body = webhookBody(stage.store.shop, webhook)
    return { at, topic: webhook.topic, body, customerId }
  })
}

function consentOf({ seed, consent }: ShopLifeOptions): (customerName: string) => boolean {
  if (consent === 'all') return () => true
  if (consent === 'none') return () => false
  return (customerName) => chance(randomFor(seed, `consent:${customerName}`), consent)
}
