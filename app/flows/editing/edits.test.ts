import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Definition, readDefinition } from '#app/flows/definition.ts'
import { presets } from '#app/flows/presets/registry.ts'
import { stepProblems } from '#app/flows/step-problems.ts'
import { type StepKind, stepKinds } from '#app/flows/steps/registry.ts'
import { definition, template } from '#tests/builders/flow.ts'
import { differenceBetween, isSame } from './difference.ts'
import { edgesOf, type Place, reachable } from './edges.ts'
import { type Edit, edit } from './edits.ts'
import { began, edited, redone, undone } from './history.ts'
import { cardSize, layOut, triggerCard, wayPath } from './layout.ts'
import { outline } from './outline.ts'

const read = (input: unknown): Definition => {
  const result = readDefinition(input)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.definition
}

const simple = read(definition())
const shipped = Object.values(presets).map((preset) =>
  read(preset.define(Object.fromEntries(Object.keys(preset.mails).map((mail) => [mail, template])))),
)

const kinds = Object.keys(stepKinds).filter((kind): kind is StepKind => kind in stepKinds)

/** An edit of whatever stands in the definition at that moment, picked by numbers. */
const pick = fc.record({
  does: fc.constantFrom('add', 'move', 'duplicate', 'remove'),
  kind: fc.constantFrom(...kinds),
  step: fc.nat(1_000),
  place: fc.nat(1_000),
})

function editOf(
  current: Definition,
  { does, kind, step, place }: { does: string; kind: StepKind; step: number; place: number },
): Edit {
  const ids = Object.keys(current.steps)
  const places: Place[] = [
    'start',
    ...ids.flatMap((after) => edgesOf(current.steps[after]!).map(({ field }) => ({ after, field }))),
  ]
  const id = ids[step % ids.length]!
  const at = places[place % places.length]!
  if (does === 'add') return { do: 'add', kind, place: at }
  if (does === 'move') return { do: 'move', id, place: at }
  return does === 'duplicate' ? { do: 'duplicate', id } : { do: 'remove', id }
}

const anyEdits = fc.tuple(fc.constantFrom(simple, ...shipped), fc.array(pick, { maxLength: 25 }))

/** Every definition on the way, the first included. */
function walked(first: Definition, picks: readonly Parameters<typeof editOf>[1][]): Definition[] {
  const all = [first]
  for (const each of picks) all.push(edit(all.at(-1)!, editOf(all.at(-1)!, each))?.definition ?? all.at(-1)!)
  return all
}

test('whatever is added, moved, duplicated and removed, a flow stays free of circles and lost steps', () => {
  const property = fc.property(anyEdits, ([first, picks]) => {
    for (const each of walked(first, picks)) expect(stepProblems(each)).toEqual([])
  })
  fc.assert(property, { numRuns: 200 })
})

test('the text of a flow has every step once, numbered in its order, and the canvas has a card of its own for each', () => {
  const property = fc.property(anyEdits, ([first, picks]) => {
    const last = walked(first, picks).at(-1)!
    const told = outline(last).flatMap((line) => (line.kind === 'step' ? [line] : []))
    expect(new Set(told.map(({ id }) => id))).toEqual(reachable(last))
    expect(told.map(({ number }) => number)).toEqual(told.map((_, index) => index + 1))
    const { cards, ways } = layOut(last)
    expect(new Set(cards.map(({ x, y }) => `${x}/${y}`)).size).toBe(Object.keys(last.steps).length + 1)
    const heights = new Map(cards.map(({ id, y }) => [id, y]))
    for (const { from, to } of ways) expect(heights.get(to)).toBeGreaterThan(heights.get(from)!)
    expect(ways[0]).toMatchObject({ from: triggerCard, to: last.start })
  })
  fc.assert(property, { numRuns: 200 })
})

test('undoing all edits comes back to the first definition, and redoing them to the last', () => {
  const property = fc.property(anyEdits, ([first, picks]) => {
    const all = walked(first, picks)
    let history = began(first)
    for (const each of all.slice(1)) history = edited(history, each)
    const last = history
    const steps = last.past.length
    for (let i = 0; i < steps; i++) history = undone(history)
    expect(history.present).toBe(first)
    for (let i = 0; i < steps; i++) history = redone(history)
    expect(history).toEqual(last)
  })
  fc.assert(property, { numRuns: 100 })
})

test('a step comes between two others, and those that came to a removed one go on with what followed', () => {
  const added = edit(simple, { do: 'add', kind: 'wait', place: { after: 'mail', field: 'next' } })
  expect(added).toMatchObject({
    chosen: 'wait',
    definition: { steps: { mail: { next: 'wait' }, wait: { next: 'done' } } },
  })
  const removed = edit(added!.definition, { do: 'remove', id: 'mail' })
  expect(removed).toMatchObject({ chosen: 'first-wait', definition: { steps: { 'first-wait': { next: 'wait' } } } })
})

test('a branch is not moved when its other way would be lost, and an end is neither moved nor removed', () => {
  const branched = edit(simple, { do: 'add', kind: 'branch', place: 'start' })!.definition
  const twoWays = edit(branched, { do: 'add', kind: 'wait', place: { after: 'branch', field: 'no' } })!.definition
  expect(edit(twoWays, { do: 'move', id: 'branch', place: { after: 'mail', field: 'next' } })).toBeNull()
  expect(edit(simple, { do: 'remove', id: 'done' })).toBeNull()
  expect(edit(simple, { do: 'move', id: 'done', place: 'start' })).toBeNull()
})

test('a wait that counted from a removed step counts from when it is reached', () => {
  const postPurchase = shipped.find(({ trigger }) => trigger.kind === 'order-paid')!
  const removed = edit(postPurchase, { do: 'remove', id: 'delivered' })!.definition
  expect(removed.steps['in-use']).toMatchObject({ since: 'reached' })
})

test('a difference names the steps and settings that changed, and nothing else', () => {
  expect(isSame(differenceBetween(simple, structuredClone(simple)))).toBe(true)
  const added = edit(simple, { do: 'add', kind: 'wait', place: 'start' })!.definition
  expect(differenceBetween(simple, { ...added, reentry: 'never' })).toEqual({
    added: ['wait'],
    removed: [],
    changed: [],
    settings: ['reentry', 'start'],
  })
})

test('the ways out of a step have their labels apart, and none runs through a card below', () => {
  const ends = { sourceX: 130, sourceY: 84, targetX: 130, targetY: 500 }
  const [first, second] = [0, 1].map((place) => wayPath({ ...ends, place }))
  expect(first!.label).not.toEqual(second!.label)
  expect(second!.label.x).toBeGreaterThan(130 + cardSize.width / 2)
})
