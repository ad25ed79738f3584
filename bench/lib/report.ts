// Prints what a benchmark found: as a table for people or, with --json, as one line for machines.
import type { Measured } from './measure.ts'

export interface BenchReport extends Measured {
  name: string
  /** The plain way of doing the same, measured in the same run. */
  baseline: Measured
}

/** Prints `report`; `ratio` is how many times as much is done for the same CPU. */
export function printReport({ name, baseline, ...ours }: BenchReport): void {
  const ratio = Number((baseline.cpuMsPerItem / ours.cpuMsPerItem).toFixed(2))
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ name, ...ours, baseline, ratio }))
    return
  }
  console.log(`${name}: ${ours.items} items, baseline ${baseline.items} items`)
  console.table({ ours, baseline })
  console.log(`${ratio} times as much for the same CPU`)
}
