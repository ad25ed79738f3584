// Runs one simulated life for each seed, and says what broke the first promise that did not hold.
import fc from 'fast-check'
import { type Mischief, mischiefArbitrary } from './mischief.ts'
import type { ShopDatabase } from './shop-database.ts'
import { simulate } from './simulate.ts'
import { type Story, storyArbitrary } from './story.ts'
import { findBroken } from './verdict.ts'

export interface Tally {
  seeds: number
  steps: number
  kills: number
  mails: number
}

/** @throws Error with the seed, and with the shortest story and list of mishaps that break a promise */
export async function runSeeds(shop: ShopDatabase, from: number, count: number): Promise<Tally> {
  const tally = { seeds: 0, steps: 0, kills: 0, mails: 0 }
  const keepsItsPromises = async (story: Story, mischief: Mischief) => {
    const run = await simulate(shop, story, mischief)
    tally.steps += run.steps
    tally.kills += run.kills
    tally.mails += run.taken.length
    const broken = await findBroken(shop, story, mischief, run)
    if (broken.length > 0) throw new Error(broken.join('\n'))
  }
  const property = fc.asyncProperty(storyArbitrary, mischiefArbitrary, keepsItsPromises)
  for (let seed = from; seed < from + count; seed += 1) {
    await fc.assert(property, { seed, numRuns: 1, interruptAfterTimeLimit: 120_000, markInterruptAsFailure: true })
    tally.seeds += 1
  }
  return tally
}
