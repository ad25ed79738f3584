import { expect, test } from 'vitest'
import { definition, template } from '#tests/builders/flow.ts'
import { type DefinitionInput, readDefinition } from './definition.ts'
import { durationMs } from './duration.ts'
import { presets } from './presets/registry.ts'
import { kindOfStep, stepKinds } from './steps/registry.ts'
import { kindOfTrigger, triggerKinds } from './triggers/registry.ts'

const problemsOf = (changes: Partial<DefinitionInput>) => {
  const read = readDefinition(definition(changes))
  return read.ok ? [] : read.problems
}
const done = { kind: 'end' } as const
const wait = (next: string) => ({ kind: 'wait', duration: { hours: 1 }, next }) as const

test('1.1 a step that leads nowhere is reported at its field', () => {
  expect(problemsOf({ start: 'a', steps: { a: wait('b') } })).toEqual([
    { step: 'a', field: 'next', message: 'there is no step "b"' },
  ])
})

test('1.1 a circle is reported where it closes', () => {
  const steps = { a: wait('b'), b: wait('a') }
  expect(problemsOf({ start: 'a', steps })).toEqual([
    { step: 'b', field: 'next', message: 'leads back to "a", in a circle' },
  ])
})

test('1.1 two ways may meet again without being a circle', () => {
  const condition = { kind: 'consent', is: 'subscribed' } as const
  const steps = { a: { kind: 'branch', condition, yes: 'b', no: 'c' }, b: wait('c'), c: done } as const
  expect(problemsOf({ start: 'a', steps })).toEqual([])
})

test('1.1 a step that no way leads to is reported', () => {
  const steps = { a: done, b: done }
  expect(problemsOf({ start: 'a', steps })).toEqual([{ step: 'b', field: '', message: 'no way leads to this step' }])
})

test('1.1 a start that does not exist is reported', () => {
  expect(problemsOf({ start: 'x', steps: { a: done } })).toEqual([
    { step: null, field: 'start', message: 'there is no step "x"' },
  ])
})

test('1.1 more than 200 steps are refused', () => {
  const ids = Array.from({ length: 201 }, (_, index) => `s${index}`)
  const steps = Object.fromEntries(ids.map((id, index) => [id, index === 200 ? done : wait(ids[index + 1]!)]))
  expect(problemsOf({ start: 's0', steps })).toMatchObject([{ field: 'steps', message: /201 steps/ }])
})

test('1.1 a wait can only count from an event that is awaited before it', () => {
  const awaiting = {
    kind: 'wait-for-event',
    type: 'order_delivered',
    match: 'subject',
    timeout: { days: 1 },
    onEvent: 'b',
    onTimeout: 'b',
  } as const
  const steps = (event: string) => ({
    a: awaiting,
    b: { ...wait('c'), since: { event } },
    c: done,
  })
  expect(problemsOf({ start: 'a', steps: steps('a') })).toEqual([])
  expect(problemsOf({ start: 'a', steps: steps('c') })).toMatchObject([{ step: 'b', field: 'since' }])
  expect(problemsOf({ start: 'a', steps: steps('z') })).toMatchObject([{ step: 'b', field: 'since' }])
})

test('1.1 a field that is wrong is reported at its step', () => {
  const steps = { a: { kind: 'send-email', template: 'x', class: 'marketing', next: 'b' }, b: done } as const
  expect(problemsOf({ start: 'a', steps })).toMatchObject([{ step: 'a', field: 'template' }])
})

test('1.1 names that JavaScript keeps for itself are no step ids', () => {
  expect(problemsOf({ start: 'constructor', steps: { constructor: done } })).not.toEqual([])
})

test.each(Object.entries(presets))('the preset %s can be published, and every part of it has words', (_key, preset) => {
  const templates = Object.fromEntries(Object.keys(preset.mails).map((mail) => [mail, template]))
  const read = readDefinition(preset.define(templates))
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const { trigger, steps } = read.definition
  expect(kindOfTrigger(trigger).tell(trigger).key).toBe(`trigger.${trigger.kind}`)
  const tellers = { money: String, mail: (id: string) => id }
  for (const step of Object.values(steps))
    expect(kindOfStep(step).tell(step, tellers).key).toMatch(new RegExp(`^step\\.${step.kind}\\.tell`))
  expect(readDefinition(JSON.parse(JSON.stringify(read.definition)))).toEqual(read)
})

test.each(Object.entries({ ...stepKinds, ...triggerKinds }))(
  'the kind %s is registered under its own name',
  (key, kind) => {
    expect(kind.schema.shape.kind.value).toBe(key)
  },
)

test.each(Object.entries(triggerKinds))(
  'the trigger %s says until when a late event still begins something',
  (_, kind) => {
    expect(durationMs(kind.staleAfter)).toBeGreaterThan(0)
  },
)
