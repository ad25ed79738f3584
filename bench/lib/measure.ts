// Measures one way of doing a piece of work: how fast, for how much CPU, with which latency.
import type { CpuMeter } from './cpu.ts'

export interface Measured {
  items: number
  seconds: number
  perSecond: number
  cpuMsPerItem: number
  p99Ms?: number
}

/** What a piece of work returns: how much it did, and how long each piece took, where that is of interest. */
export interface WorkDone {
  items: number
  latenciesMs?: readonly number[]
}

export async function measure(cpu: CpuMeter, work: () => Promise<WorkDone>): Promise<Measured> {
  const cpuBeforeMs = cpu.usedMs()
  const startedMs = performance.now()
  const { items, latenciesMs } = await work()
  const seconds = (performance.now() - startedMs) / 1000
  return {
    items,
    seconds: round(seconds, 2),
    perSecond: Math.round(items / seconds),
    cpuMsPerItem: round((cpu.usedMs() - cpuBeforeMs) / items, 4),
    ...(latenciesMs && { p99Ms: round(percentile(latenciesMs, 0.99), 1) }),
  }
}

/** The smallest value that `share` of `values` don't exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

const round = (value: number, digits: number) => Number(value.toFixed(digits))
