// Chance that remembers: the same parts always fall on the same arm.
import { createHash } from 'node:crypto'
import { invariant } from '#app/lib/errors.ts'

const buckets = 2 ** 48

/** The index of the arm that `key` falls on, each arm as likely as its weight. */
export function pickArm(arms: readonly { weight: number }[], key: readonly (string | number)[]): number {
  const total = arms.reduce((sum, arm) => sum + arm.weight, 0)
  invariant(total > 0, 'a split needs a weight above 0')
  const hash = createHash('sha256').update(key.join('\u0000')).digest()
  let left = (hash.readUIntBE(0, 6) / buckets) * total
  const index = arms.findIndex((arm) => {
    left -= arm.weight
    return left < 0
  })
  return index === -1 ? arms.findLastIndex((arm) => arm.weight > 0) : index
}
