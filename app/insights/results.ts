// What came of the mails: two periods side by side, day by day, with the one meaning that each number has everywhere.

/**
 * A click so soon after the delivery is a mail scanner's, which follows every link before a person sees the mail.
 * Other clicks are people's.
 */
export const scannerSeconds = 5

export interface Results {
  delivered: number
  /** Delivered mails with at least one click of a person. */
  clicked: number
  unsubscribed: number
  complained: number
  orders: number
  /** In the shop's currency, after refunds. */
  revenueMinor: number
}

/** What was counted for one flow (null: of none) on one day; days count back from now, 0 being the last 24 hours. */
export interface DayCount extends Partial<Results> {
  daysAgo: number
  flowId: number | null
}

export interface ResultReport {
  days: number
  now: Results
  before: Results
  /** The days of the newer period, the oldest first. */
  perDay: Results[]
  perFlow: Map<number, Results>
}

/** Adds `counts` up for the last `days` days and for as many before them. */
export function reportResults(counts: readonly DayCount[], days: number): ResultReport {
  const report: ResultReport = {
    days,
    now: nothing(),
    before: nothing(),
    perDay: Array.from({ length: days }, nothing),
    perFlow: new Map(),
  }
  for (const count of counts) {
    const isNow = count.daysAgo < days
    if (count.daysAgo >= 2 * days) continue
    add(isNow ? report.now : report.before, count)
    if (!isNow) continue
    add(report.perDay[days - 1 - count.daysAgo]!, count)
    if (count.flowId === null) continue
    const flow = report.perFlow.get(count.flowId) ?? nothing()
    report.perFlow.set(count.flowId, flow)
    add(flow, count)
  }
  return report
}

/** The share of delivered mails, or null when none was. */
export const rateOf = (part: number, { delivered }: Results): number | null => (delivered > 0 ? part / delivered : null)

/** By how much `now` is above or below `before`, as a share of it; null when there was nothing before. */
export const changeOf = (now: number, before: number): number | null => (before > 0 ? (now - before) / before : null)

const nothing = (): Results => ({
  delivered: 0,
  clicked: 0,
  unsubscribed: 0,
  complained: 0,
  orders: 0,
  revenueMinor: 0,
})

function add(sum: Results, count: Partial<Results>) {
  for (const name of names) sum[name] += count[name] ?? 0
}

const names = ['delivered', 'clicked', 'unsubscribed', 'complained', 'orders', 'revenueMinor'] as const
