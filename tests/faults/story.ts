// A piece of the demo shop's real history, told in a day from a test's beginning on, with checkouts left on top.
import type { HistoryEntry } from '#sandbox/history/history.ts'
import { readHistory } from '#sandbox/history/read-history.ts'
import { type Happening, shopLife } from '#sandbox/history/shop-life.ts'
import { between, chance, pickSome, randomFor, token } from '#sandbox/lib/random.ts'
import { replayedShop } from '#sandbox/replay/replayed-shop.ts'
import { createStore } from '#sandbox/store/create-store.ts'
import type { Order, Store } from '#sandbox/store/model.ts'
import { webhookBody } from '#sandbox/store/webhook-payloads.ts'

export interface Story {
  store: Store
  products: Happening[]
  /** Everything else, in order of time. */
  happenings: Happening[]
}

const hourMs = 3_600_000
const sliceLength = 60
/** Wholesalers buy a hundred things at once, which would only make the run slow. */
const mostLines = 3
const orderingMs = 8 * hourMs
const lengthMs = 12 * hourMs
/** Carts are filled up to half an hour before the order. */
const leadMs = hourMs
const leftShare = 0.5

/** The same seed tells the same story; `startAt` only moves it. */
export async function tellStory(seed: string, startAt: Date): Promise<Story> {
  const folder = new URL('../../sandbox/data/', import.meta.url).pathname
  const files = { ordersPath: `${folder}orders.csv.gz`, productsPath: `${folder}products.csv.gz` }
  const { entries, productTitles } = await readHistory(files)
  const store = createStore(replayedShop)
  const slice = sliceOf(entries, seed, startAt)
  const life = [...shopLife(slice, store, { seed, abandonShare: 0, consent: 'all', productTitles })]
  const left = [...store.orders.values()].flatMap((order) => leaveCheckout(store, order, seed))
  const endMs = startAt.getTime() + leadMs + lengthMs
  const happenings = [...life, ...left].filter(({ at }) => at.getTime() < endMs)
  happenings.sort((a, b) => a.at.getTime() - b.at.getTime())
  const isProduct = ({ topic }: Happening) => topic === 'products/create'
  return { store, products: happenings.filter(isProduct), happenings: happenings.filter((each) => !isProduct(each)) }
}

/** So many orders in a row, brought close together and cut short; refunds of what is not told of are left out. */
function sliceOf(entries: readonly HistoryEntry[], seed: string, startAt: Date): HistoryEntry[] {
  const first = between(randomFor(seed, 'slice'), 0, entries.length - sliceLength)
  const slice = entries.slice(first, first + sliceLength)
  const fromMs = slice[0]!.at.getTime()
  const pace = orderingMs / (slice.at(-1)!.at.getTime() - fromMs)
  const invoices = new Set(slice.map((entry) => (entry.kind === 'order' ? entry.invoice : '')))
  const isTold = (entry: HistoryEntry) =>
    entry.kind === 'order' ||
    (invoices.has(entry.orderInvoice) && entry.lines.every(({ lineIndex }) => lineIndex < mostLines))
  return slice.filter(isTold).map((entry) => {
    const at = new Date(Math.round(startAt.getTime() + leadMs + (entry.at.getTime() - fromMs) * pace))
    return entry.kind === 'order' ? { ...entry, at, lines: entry.lines.slice(0, mostLines) } : { ...entry, at }
  })
}

/** Some customers come back some hours after an order, begin a checkout and leave it. */
function leaveCheckout({ shop }: Store, { id, customer, lines, createdAt }: Order, seed: string): Happening[] {
  const random = randomFor(seed, `left:${id}`)
  if (customer === null || !chance(random, leftShare)) return []
  const at = new Date(createdAt.getTime() + between(random, 2 * 60, 10 * 60) * 60_000)
  const cart = { token: token(random), lines: pickSome(random, lines, 3), createdAt: at, updatedAt: at }
  const checkout = {
    token: token(random),
    cartToken: cart.token,
    email: customer.email,
    customer,
    lines: cart.lines,
    abandonedCheckoutUrl: `https://${shop.domain}/checkouts/left/recover`,
    createdAt: at,
    updatedAt: at,
    completedAt: null,
  }
  return [
    { at, topic: 'carts/create', customerId: customer.id, body: webhookBody(shop, { topic: 'carts/create', cart }) },
    {
      at,
      topic: 'checkouts/create',
      customerId: customer.id,
      body: webhookBody(shop, { topic: 'checkouts/create', checkout }),
    },
  ]
}
