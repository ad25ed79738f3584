// The ways out of steps, as editing sees them: found by the field that holds them, and pointed elsewhere.
import type { Definition } from '#app/flows/definition.ts'
import type { StepId } from '#app/flows/step-kind.ts'
import { kindOfStep, type Step, stepSchema } from '#app/flows/steps/registry.ts'

/** Where a step can be put: on a way out of another step, or at the very beginning. */
export type Place = { after: StepId; field: string } | 'start'

/** The step that a place leads to; null when there is no such place. */
export function targetOf(definition: Definition, place: Place): StepId | null {
  if (place === 'start') return definition.start
  const step = definition.steps[place.after]
  return step ? (edgesOf(step).find(({ field }) => field === place.field)?.to ?? null) : null
}

export const edgesOf = (step: Step) => kindOfStep(step).edges(step)

/** The definition with the place leading to `to`. */
export function leading(definition: Definition, place: Place, to: StepId): Definition {
  if (place === 'start') return { ...definition, start: to }
  const step = definition.steps[place.after]
  return step ? withStep(definition, place.after, pointed(step, place.field, to)) : definition
}

/** The step with every way out that `choose` has another target for pointed there. */
export function repointed(step: Step, choose: (to: StepId) => StepId): Step {
  return edgesOf(step).reduce((changed, { field, to }) => pointed(changed, field, choose(to)), step)
}

export const withStep = (definition: Definition, id: StepId, step: Step): Definition => ({
  ...definition,
  steps: { ...definition.steps, [id]: step },
})

export function withoutSteps(definition: Definition, gone: ReadonlySet<StepId>): Definition {
  const kept = Object.entries(definition.steps).filter(([id]) => !gone.has(id))
  return { ...definition, steps: Object.fromEntries(kept) }
}

/** Those that the start leads to, itself first, each after one that leads to it. */
export function reachable({ start, steps }: Definition): Set<StepId> {
  const reached = new Set([start])
  for (const id of reached) {
    const step = steps[id]
    if (step) for (const { to } of edgesOf(step)) if (steps[to]) reached.add(to)
  }
  return reached
}

function pointed(step: Step, field: string, to: StepId): Step {
  const changed = structuredClone(step)
  setAt(changed, field.split('.'), to)
  // A step that is still incomplete keeps what it has: only its shape must stay that of its kind.
  const parsed = stepSchema.safeParse(changed)
  return parsed.success ? parsed.data : changed
}

function setAt(holder: object, [name = '', ...rest]: string[], value: string) {
  if (rest.length === 0) Reflect.set(holder, name, value)
  else {
    const inner: unknown = Reflect.get(holder, name)
    if (typeof inner === 'object' && inner !== null) setAt(inner, rest, value)
  }
}
