// What a merchant does to the steps of a flow: each edit makes a new definition of a sound one that is as sound.
import type { Definition } from '#app/flows/definition.ts'
import type { StepId } from '#app/flows/step-kind.ts'
import { stepProblems } from '#app/flows/step-problems.ts'
import { kindOfStep, type Step, type StepKind, stepKinds } from '#app/flows/steps/registry.ts'
import { edgesOf, leading, type Place, reachable, repointed, targetOf, withoutSteps, withStep } from './edges.ts'

export type Edit =
  | { do: 'add'; kind: StepKind; place: Place }
  | { do: 'change'; id: StepId; step: Step }
  | { do: 'move'; id: StepId; place: Place }
  | { do: 'duplicate'; id: StepId }
  | { do: 'remove'; id: StepId }
  /** Everything that is not a step: the trigger, who may enter, what ends it. */
  | { do: 'settings'; settings: Omit<Definition, 'steps' | 'start'> }

/** What an edit made; `chosen` is the step to look at next. Null: that can't be done. */
export type Edited = { definition: Definition; chosen: StepId | null } | null

export function edit(definition: Definition, change: Edit): Edited {
  switch (change.do) {
    case 'add':
      return add(definition, change.kind, change.place)
    case 'change':
      return definition.steps[change.id]
        ? { definition: withStep(definition, change.id, change.step), chosen: change.id }
        : null
    case 'move':
      return move(definition, change.id, change.place)
    case 'duplicate':
      return duplicate(definition, change.id)
    case 'remove':
      return remove(definition, change.id)
    case 'settings':
      return { definition: { ...definition, ...change.settings }, chosen: null }
  }
}

/** An end is only put where a way is to stop: what only that way led to goes. */
function add(definition: Definition, kind: StepKind, place: Place): Edited {
  const next = targetOf(definition, place)
  if (next === null) return null
  const id = freshId(definition, kind)
  const added = leading(withStep(definition, id, stepKinds[kind].blank(next)), place, id)
  return { definition: kind === 'end' ? pruned(added) : added, chosen: id }
}

/** Only where it takes nothing along and leaves nothing behind: the other ways out of a branch would be lost. */
function move(definition: Definition, id: StepId, place: Place): Edited {
  const step = definition.steps[id]
  const isOwn = place !== 'start' && place.after === id
  if (!step || isOwn || edgesOf(step).length === 0 || targetOf(definition, place) === null) return null
  if (targetOf(definition, place) === id) return null
  const taken = bypassed(definition, id)
  if (!taken || Object.keys(pruned(taken).steps).length < Object.keys(taken.steps).length) return null
  const next = targetOf(taken, place)
  if (next === null) return null
  const placed = withStep(
    taken,
    id,
    repointed(step, () => next),
  )
  return { definition: anchored(leading(placed, place, id)), chosen: id }
}

/** The copy comes right after the original, on its first way out. */
function duplicate(definition: Definition, id: StepId): Edited {
  const step = definition.steps[id]
  const first = step && edgesOf(step)[0]
  if (!step || !first) return null
  const copy = freshId(definition, id.replace(/-\d+$/, ''))
  const copied = withStep(
    definition,
    copy,
    repointed(step, () => first.to),
  )
  return { definition: anchored(leading(copied, { after: id, field: first.field }, copy)), chosen: copy }
}

/** Those who came to the step go on with what followed first; what only its other ways led to goes with it. */
function remove(definition: Definition, id: StepId): Edited {
  const without = bypassed(definition, id)
  if (!without) return null
  const before = Object.entries(definition.steps).find(([, step]) => edgesOf(step).some(({ to }) => to === id))
  return { definition: anchored(pruned(without)), chosen: before?.[0] ?? without.start }
}

/** Null for an end: there is nothing to go on with. */
function bypassed(definition: Definition, id: StepId): Definition | null {
  const step = definition.steps[id]
  const next = step && edgesOf(step)[0]?.to
  if (next === undefined) return null
  const past = (to: StepId) => (to === id ? next : to)
  const steps = Object.entries(definition.steps).flatMap(([key, each]) =>
    key === id ? [] : [[key, edgesOf(each).some(({ to }) => to === id) ? repointed(each, past) : each]],
  )
  return { ...definition, start: past(definition.start), steps: Object.fromEntries(steps) }
}

function pruned(definition: Definition): Definition {
  const reached = reachable(definition)
  return withoutSteps(definition, new Set(Object.keys(definition.steps).filter((id) => !reached.has(id))))
}

/** A wait that counted from a step that is gone, or no longer comes before it, counts from when it is reached. */
function anchored(definition: Definition): Definition {
  let sound = definition
  for (const { step: id, field } of stepProblems(definition)) {
    const step = id === null ? undefined : definition.steps[id]
    const isAnchor = step && (kindOfStep(step).anchors?.(step) ?? []).some((anchor) => anchor.field === field)
    if (id !== null && isAnchor) sound = withStep(sound, id, { ...step, [field]: 'reached' })
  }
  return sound
}

function freshId({ steps }: Definition, word: string): StepId {
  if (!steps[word]) return word
  for (let number = 2; ; number++) if (!steps[`${word}-${number}`]) return `${word}-${number}`
}
