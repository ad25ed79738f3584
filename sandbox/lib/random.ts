// Repeatable chance: the same seed and key always give the same numbers, so a replay can be done again and compared.
import { invariant } from '#app/lib/errors.ts'

/** A stream of numbers in [0, 1). */
export type Random = () => number

/** A stream of its own per key: a decision about one order never shifts the decisions about others. */
export function randomFor(seed: string, key: string): Random {
  const [a, b, c, d] = hash128(`${seed}\u0000${key}`)
  return sfc32(a, b, c, d)
}

export function chance(random: Random, probability: number): boolean {
  return random() < probability
}

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}

export function pick<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[Math.floor(random() * choices.length)]
  invariant(choice !== undefined, 'there is nothing to pick from')
  return choice
}

/** `count` different members, in their original order. */
export function pickSome<T>(random: Random, choices: readonly T[], count: number): T[] {
  let wanted = Math.min(count, choices.length)
  return choices.filter((_, index) => {
    const isTaken = random() * (choices.length - index) < wanted
    if (isTaken) wanted -= 1
    return isTaken
  })
}

/** 32 hexadecimal digits, the look of Shopify's cart and checkout tokens. */
export function token(random: Random): string {
  return hex8(random) + hex8(random) + hex8(random) + hex8(random)
}

function hex8(random: Random): string {
  return Math.floor(random() * 0x1_0000_0000)
    .toString(16)
    .padStart(8, '0')
}

// sfc32 by Chris Doty-Humphrey (PractRand, public domain): 128 bits of state, passes PractRand and BigCrush.
function sfc32(seedA: number, seedB: number, seedC: number, seedD: number): Random {
  let [a, b, c, d] = [seedA | 0, seedB | 0, seedC | 0, seedD | 0]
  return () => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 0x1_0000_0000
  }
}

// cyrb128 by bryc (public domain): four well mixed words from any text, even from texts that differ in one character.
function hash128(text: string): [number, number, number, number] {
  let [h1, h2, h3, h4] = [1779033703, 3144134277, 1013904242, 2773480762]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    h1 = h2 ^ Math.imul(h1 ^ code, 597399067)
    h2 = h3 ^ Math.imul(h2 ^ code, 2869860233)
    h3 = h4 ^ Math.imul(h3 ^ code, 951274213)
    h4 = h1 ^ Math.imul(h4 ^ code, 2716044179)
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067)
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233)
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213)
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179)
  return [h1 ^ h2 ^ h3 ^ h4, h2 ^ h1, h3 ^ h1, h4 ^ h1]
}
