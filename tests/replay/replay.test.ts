// Plays parts of a real shop's history by the command line, and compares its report with a count by hand.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { ReplayReport } from '#sandbox/replay/replay.ts'
import { type Count, countByHand, type Row } from './count-by-hand.ts'

const run = promisify(execFile)
const dayMs = 86_400_000
const data = path.resolve('sandbox/data')
const products = path.join(data, 'products.csv.gz')
const [header, ...lines] = gunzipSync(readFileSync(path.join(data, 'orders.csv.gz')))
  .toString()
  .trim()
  .split('\n')
const history = lines.map((line): Row => line.split(','))
const folder = await mkdtemp(path.join(tmpdir(), 'tern-replay-'))

/** Every so-many-th customer with all that they ever did, and a few guests. */
const some = history.filter(([invoice, , , , , customer]) =>
  customer ? Number(customer) % 40 === 3 : Number(invoice!.replace(/\D/g, '')) % 60 === 1,
)
const few = some.filter(([, , , , , customer]) => Number(customer) % 200 === 3)

async function replayOf(rows: readonly Row[], ...options: string[]): Promise<ReplayReport> {
  const orders = path.join(folder, 'orders.csv')
  const report = path.join(folder, 'report.json')
  await writeFile(orders, [header, ...rows.map((row) => row.join(','))].join('\n'))
  const files = ['--orders', orders, '--products', products, '--report', report]
  await run(process.execPath, ['sandbox/replay.ts', ...files, ...options])
  return JSON.parse(await readFile(report, 'utf8'))
}

test('a replay’s report agrees with a count by hand: orders, customers, revenue, who is thanked, who is won back', {
  timeout: 240_000,
}, async () => {
  const count = countByHand(some)
  const untilMs = count.purchases.at(-1)!.atMs + 100 * dayMs
  const report = await replayOf(some, '--until', new Date(untilMs).toISOString())
  const { skippedLines, orders, guestOrders, ordersCancelled, revenueMinor } = count
  expect(report).toMatchObject({ skippedLines, orders, guestOrders, ordersCancelled, revenueMinor, currency: 'GBP' })
  expect(report.profiles).toBe(count.customers)

  const { 'post-purchase': thanks, 'win-back': wonBack, 'abandoned-checkout': abandoned } = report.flows
  expect(thanks!.sent).toBe(thanksAndReviews(count, untilMs))
  expect(wonBack).toMatchObject(expectedWinBack(count, untilMs))
  expect(abandoned!.sent).toBeGreaterThan(0)
  expect(report.webhooks).toMatchObject({ accepted: report.webhooks.sent, rejected: 0 })
  expect(report.mail).toEqual({ received: report.messages.delivered, distinctMessageIds: report.messages.delivered })
})

/** A thank-you a day after payment, a question two weeks later, as long as the order stands. */
function thanksAndReviews({ purchases }: Count, untilMs: number): number {
  const stands = (purchases: Count['purchases'], days: number) =>
    purchases.filter(({ atMs, cancelledMs }) => {
      const dueMs = atMs + days * dayMs
      return dueMs < untilMs && cancelledMs > dueMs
    }).length
  // The question comes ten days after delivery or fourteen after shipping: nothing was cancelled between the two.
  expect(stands(purchases, 13)).toBe(stands(purchases, 15))
  return stands(purchases, 1) + stands(purchases, 15)
}

/** Sixty days without an order, then ten and ten more: each mail that fits into a gap. */
function expectedWinBack({ purchases }: Count, untilMs: number) {
  const gaps = purchases.map(({ customer, atMs }) => {
    const next = purchases.find((other) => other.customer === customer && other.atMs > atMs)
    return ((next?.atMs ?? untilMs) - atMs) / dayMs
  })
  const longer = (days: number) => gaps.filter((gap) => gap > days).length
  return { enrolled: longer(60), sent: longer(60) + longer(70) + longer(80) }
}

test('who agreed to nothing gets nothing, and where nobody leaves a checkout nobody is reminded of one', {
  timeout: 120_000,
}, async () => {
  const report = await replayOf(few, '--consent', 'none', '--abandon', '0')
  expect(report.orders).toBe(countByHand(few).orders)
  expect(report.mail.received).toBe(0)
  expect(report.flows['abandoned-checkout']).toMatchObject({ completed: 0, sent: 0 })
})

test('the same seed gives the same report, byte for byte, but for the two times; also when the worker comes by hourly', {
  timeout: 240_000,
}, async () => {
  const timeless = ({ wallSeconds, cpuSeconds, ...report }: ReplayReport) => JSON.stringify(report)
  const [first, again, hourly] = [
    await replayOf(few, '--seed', '7'),
    await replayOf(few, '--seed', '7'),
    await replayOf(few, '--seed', '7', '--tick', '60'),
  ]
  expect(timeless(again)).toBe(timeless(first))
  const sent = ({ flows }: ReplayReport) => Object.entries(flows).map(([key, flow]) => [key, flow.sent])
  expect(sent(hourly)).toEqual(sent(first))
})

test('a line that cannot be read is named with its number', async () => {
  const broken = few.map((row, index) => (index === 5 ? [row[0]!, row[1]!, 'many', ...row.slice(3)] : row))
  await expect(replayOf(broken)).rejects.toMatchObject({ stderr: expect.stringContaining('line 7') })
})
