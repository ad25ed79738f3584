// Chance that remembers: the same parts always fall on the same arm.
import { invariant } from '#app/lib/errors.ts'
import { sha256 } from '#app/lib/sha256.ts'

/** The index of the arm that `key` falls on, each arm as likely as its weight. */
export function pickArm(arms: readonly { weight: number }[], key: readonly (string | number)[]): number {
  const total = arms.reduce((sum, arm) => sum + arm.weight, 0)
  invariant(total > 0, 'a split needs a weight above 0')
  const [first = 0, second = 0] = sha256(key.join('\u0000'))
  // 48 bits: as fine as a number can hold exactly.
  let left = ((first * 2 ** 16 + (second >>> 16)) / 2 ** 48) * total
  const index = arms.findIndex((arm) => {
    left -= arm.weight
    return left < 0
  })
  return index === -1 ? arms.findLastIndex((arm) => arm.weight > 0) : index
}
