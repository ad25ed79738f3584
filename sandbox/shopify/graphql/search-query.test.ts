import { expect, test } from 'vitest'
import { searchPredicate } from './search-query.ts'

const fields = {
  updated_at: (item: Item) => item.at,
  email: (item: Item) => item.email,
  tag: (item: Item) => item.tags,
}
interface Item {
  at: Date
  email: string | null
  tags: string[]
}

const item: Item = { at: new Date('2026-11-22T12:00:00.900Z'), email: 'Ada@example.com', tags: ['VIP'] }

test.each([
  ["updated_at:>='2026-11-22T12:00:00Z'", true],
  ['updated_at:>2026-11-22T12:00:00Z', false],
  ['updated_at:<2026-11-23', true],
  ["updated_at:>='2026-11-22T13:00:00+01:00' AND tag:vip", true],
  ['email:"ada@example.com" tag:new', false],
  ['', true],
])('%s', (query, expected) => {
  expect(searchPredicate(query, fields)(item)).toBe(expected)
})

test.each(['phone:1', 'ada', 'updated_at:>=yesterday'])('%s is refused', (query) => {
  expect(() => searchPredicate(query, fields)(item)).toThrow()
})
