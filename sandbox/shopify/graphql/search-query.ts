// Shopify's search syntax, as far as connections are asked with it: `field:>=value` terms that must all hold.
import { GraphQLError } from 'graphql'

export type Searchable<T> = Record<string, (item: T) => string | number | Date | string[] | null>

/** A predicate for `query`; a field or syntax that the stand-in does not know is an error, never silently ignored. */
export function searchPredicate<T>(query: string | null | undefined, fields: Searchable<T>): (item: T) => boolean {
  const terms = [...(query ?? '').matchAll(termPattern)].map((match) => term(match, fields))
  return (item) => terms.every((holds) => holds(item))
}

const termPattern = /\S+?:(?:"[^"]*"|'[^']*'|\S+)|\S+/g
const parts = /^([a-z_]+):(>=|<=|>|<)?(.+)$/s

function term<T>([text]: RegExpMatchArray, fields: Searchable<T>): (item: T) => boolean {
  if (text === 'AND') return () => true
  const [, field, operator = '=', quoted] = parts.exec(text) ?? []
  const read = field ? fields[field] : undefined
  if (!read || !quoted) throw new GraphQLError(`The stand-in for Shopify cannot search by '${text}'.`)
  const wanted = quoted.replace(/^(['"])(.*)\1$/s, '$2')
  return (item) => {
    const value = read(item)
    if (value === null) return false
    if (Array.isArray(value)) return value.some((entry) => entry.toLowerCase() === wanted.toLowerCase())
    return compares(value, operator, wanted)
  }
}

function compares(value: string | number | Date, operator: string, wanted: string): boolean {
  if (value instanceof Date) return holds(Math.floor(value.getTime() / 1000) - secondsOf(wanted), operator)
  if (typeof value === 'number') return holds(value - Number(wanted), operator)
  return holds(value.toLowerCase().localeCompare(wanted.toLowerCase()), operator)
}

function holds(difference: number, operator: string): boolean {
  if (operator === '>=') return difference >= 0
  if (operator === '<=') return difference <= 0
  if (operator === '>') return difference > 0
  if (operator === '<') return difference < 0
  return difference === 0
}

function secondsOf(text: string): number {
  const seconds = Math.floor(Date.parse(text) / 1000)
  if (Number.isNaN(seconds)) throw new GraphQLError(`'${text}' is not a time.`)
  return seconds
}
