// Names for customers of whom the history knows only a number.
import { pick, randomFor } from '#sandbox/lib/random.ts'

/** The same customer is always called the same. */
export function personName(seed: string, customerName: string): { firstName: string; lastName: string } {
  const random = randomFor(seed, `name:${customerName}`)
  return { firstName: pick(random, FIRST_NAMES), lastName: pick(random, LAST_NAMES) }
}

const FIRST_NAMES = words(
  'Ada Ben Clara Daniel Elena Farah George Hanna Ivo Jo Karim Lena Marta Noah Olga Paul Rosa Sami',
)

const LAST_NAMES = words('Abel Baker Carter Diaz Evans Fischer Gray Hill Ito Jones Khan Lopez Moreau Novak Olsen Price')

function words(text: string): readonly string[] {
  return text.split(' ')
}
