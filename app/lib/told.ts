// What is told of a flow, as keys of the text catalogue with their values: the words themselves depend on the reader.

/** A piece of text: a key under which the catalogue has the words, and what is put in between them. */
export interface Told {
  key: string
  values?: Record<string, ToldValue | undefined>
}

/** Lists are joined with the words of `join`: "1 day 2 hours", "Monday or Tuesday". */
export type ToldValue = string | number | Told | { list: readonly ToldValue[]; join: 'space' | 'comma' | 'and' | 'or' }

/** How a page says a key: by its catalogue, in its language. */
export type Say = (key: string, values: Record<string, string | number>) => string

/** The whole text in the words of `say`. */
export function speak(told: Told, say: Say): string {
  const values = Object.entries(told.values ?? {}).map(([name, value]) => [name, spoken(value ?? '', say)])
  return say(told.key, Object.fromEntries(values))
}

function spoken(value: ToldValue, say: Say): string | number {
  if (typeof value !== 'object') return value
  if ('key' in value) return speak(value, say)
  const between = value.join === 'space' ? ' ' : say(`join.${value.join}`, {})
  return value.list.map((part) => spoken(part, say)).join(between)
}
