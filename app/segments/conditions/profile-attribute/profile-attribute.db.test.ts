import { expect, test } from 'vitest'
import type { LeafInput } from '#app/segments/conditions/registry.ts'
import { ask, buildPerson } from '#tests/builders/person.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
type AttributeInput = Extract<LeafInput, { kind: 'profile-attribute' }>

const ann = await buildPerson(db, {
  profile: {
    email: 'ann@example.com',
    first_name: 'Ann',
    last_name: '',
    country_code: 'GB',
    locale: 'en-GB',
    tags: ['VIP', 'wholesale'],
    attributes: { size: 42, colour: 'Sea blue', topics: ['tea'], born: null },
  },
})
const passes = async (of: AttributeInput['of'], is: AttributeInput['is']) =>
  (await ask(db, ann, { kind: 'profile-attribute', of, is })).passes

test('what is empty is not known', async () => {
  expect(await passes({ field: 'email' }, { op: 'exists' })).toBe(true)
  expect(await passes({ field: 'last_name' }, { op: 'exists' })).toBe(false)
  expect(await passes({ field: 'phone' }, { op: 'exists' })).toBe(false)
  expect(await passes({ field: 'attributes', name: 'born' }, { op: 'exists' })).toBe(false)
})

test('text and tags are compared without regard to case', async () => {
  expect(await passes({ field: 'country' }, { op: 'eq', value: 'gb' })).toBe(true)
  expect(await passes({ field: 'country' }, { op: 'neq', value: 'GB' })).toBe(false)
  expect(await passes({ field: 'first_name' }, { op: 'eq', value: 'ann' })).toBe(true)
  expect(await passes({ field: 'tags' }, { op: 'contains', value: 'vip' })).toBe(true)
  expect(await passes({ field: 'tags' }, { op: 'contains', value: 'vi' })).toBe(false)
})

test("the shop's own attributes are compared by their type", async () => {
  expect(await passes({ field: 'attributes', name: 'size' }, { op: 'gt', value: 41 })).toBe(true)
  expect(await passes({ field: 'attributes', name: 'size' }, { op: 'eq', value: '42' })).toBe(false)
  expect(await passes({ field: 'attributes', name: 'colour' }, { op: 'contains', value: 'BLUE' })).toBe(true)
  expect(await passes({ field: 'attributes', name: 'colour' }, { op: 'lt', value: 5 })).toBe(false)
  expect(await passes({ field: 'attributes', name: 'topics' }, { op: 'contains', value: 'Tea' })).toBe(true)
  expect(await passes({ field: 'attributes', name: 'missing' }, { op: 'neq', value: 1 })).toBe(true)
})

test('an explanation shows whether a personal detail is known, never the detail', async () => {
  const verdict = await ask(db, ann, { kind: 'profile-attribute', of: { field: 'email' }, is: { op: 'exists' } })
  expect(verdict.seen).toEqual({ 'e-mail address': 'known' })
})

test('nothing is true of a profile that does not exist', async () => {
  const nobody = { ...ann, profileId: 999_999 as never }
  const known = { kind: 'profile-attribute', of: { field: 'email' }, is: { op: 'exists' } } as const
  expect(await ask(db, nobody, known)).toEqual({ passes: false, seen: { 'e-mail address': null } })
})
