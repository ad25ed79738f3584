// The shop's story, moved in time so that its next day is today: what lies before is the past that Tern has to import.
import path from 'node:path'
import type { History, HistoryEntry } from '#sandbox/history/history.ts'
import { readHistory } from '#sandbox/history/read-history.ts'
import { type Happening, shopLife } from '#sandbox/history/shop-life.ts'
import type { Store } from '#sandbox/store/model.ts'
import { projectRoot } from './project-root.ts'
import { quietTitle } from './quiet-title.ts'

export interface Story {
  /** Happens from the start on, in order of time; `store` is in the state just before the first of it. */
  life: Iterator<Happening, void>
  /** Lines of the history that are no sale. */
  skippedLines: number
}

export const seed = 'demo'

/** A month of the history is past by then. Installing and importing takes the night, and in the morning shoppers come. */
const historyNow = new Date('2011-01-04T14:00:00Z')
const abandonShare = 0.3
const consentShare = 0.8
const data = path.join(projectRoot, 'sandbox/data')

export function readDemoHistory(): Promise<History> {
  return readHistory({
    ordersPath: path.join(data, 'orders.csv.gz'),
    productsPath: path.join(data, 'products.csv.gz'),
  })
}

/** Fills `store` with the shop's past. `startAt` is the moment at which the story goes on. */
export function beginStory(
  history: History,
  store: Store,
  { startAt, baseUrl }: { startAt: Date; baseUrl: string },
): Story {
  const { entries, productTitles, totals } = history
  const shiftMs = startAt.getTime() - historyNow.getTime()
  const life = shopLife(moved(entries, shiftMs), store, {
    seed,
    abandonShare,
    consent: consentShare,
    productTitles: new Map([...productTitles].map(([code, title]) => [code, quietTitle(title)])),
    baseUrl,
  })
  return { life: skipUntil(life, startAt), skippedLines: totals.skippedLines }
}

function* moved(entries: readonly HistoryEntry[], shiftMs: number): Generator<HistoryEntry, void> {
  for (const entry of entries) yield { ...entry, at: new Date(entry.at.getTime() + shiftMs) }
}

/** What happened before `startAt` is in the store already; of it, nobody is told. */
function skipUntil(life: Iterator<Happening, void>, startAt: Date): Iterator<Happening, void> {
  let next = life.next()
  while (!next.done && next.value.at < startAt) next = life.next()
  return {
    next() {
      const current = next
      if (!current.done) next = { done: true, value: undefined }
      return current.done ? life.next() : current
    },
  }
}
