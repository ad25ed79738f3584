// The values that a decision saw, in one line: "orders since entry: 1, consent: subscribed".
import type { Seen } from '#app/flows/step-kind.ts'

export function seenWords(seen: Seen): string {
  return Object.entries(seen)
    .filter(([, value]) => value !== null)
    .map(([label, value]) => `${label}: ${spoken(value)}`)
    .join(', ')
}

function spoken(value: Seen[string]): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return /^\d{4}-\d\d-\d\dT/.test(value) ? `${value.slice(0, 16).replace('T', ' ')} UTC` : value
}
