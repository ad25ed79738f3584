// Reads a benchmark's options: numbers, each after its name.
import { invariant } from '#app/lib/errors.ts'

/** The number after `--name` on the command line, or `usual`. */
export function numberOption(name: string, usual: number): number {
  const place = process.argv.indexOf(`--${name}`)
  if (place === -1) return usual
  const value = Number(process.argv[place + 1])
  invariant(Number.isInteger(value) && value >= 0, `--${name} needs a whole number`)
  return value
}
