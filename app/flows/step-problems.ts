// Checks the steps of a definition as a graph, and says what is wrong at the step that has it.
import type { StepId } from './step-kind.ts'
import { kindOfStep, type Step } from './steps/registry.ts'

/** A flow longer than this can't be read by anyone. */
const maxSteps = 200

export interface Problem {
  /** Null when it is not about one step. */
  step: StepId | null
  field: string
  message: string
}

interface Graph {
  start: StepId
  steps: Record<StepId, Step>
}

/** All problems that are not consequences of others: with unknown steps the paths are not looked at. */
export function stepProblems(graph: Graph): Problem[] {
  const count = Object.keys(graph.steps).length
  if (count > maxSteps) return [{ step: null, field: 'steps', message: `has ${count} steps; ${maxSteps} are the most` }]
  const unknown = unknownSteps(graph)
  return unknown.length > 0 ? unknown : [...cycles(graph), ...unreachable(graph), ...anchorProblems(graph)]
}

function unknownSteps({ start, steps }: Graph): Problem[] {
  const problems: Problem[] = []
  if (!steps[start]) problems.push({ step: null, field: 'start', message: `there is no step "${start}"` })
  for (const [id, step] of Object.entries(steps))
    for (const { field, to } of kindOfStep(step).edges(step))
      if (!steps[to]) problems.push({ step: id, field, message: `there is no step "${to}"` })
  return problems
}

/** Reported at the step whose edge closes the circle. Without one, every way reaches an end. */
function cycles({ start, steps }: Graph): Problem[] {
  const problems: Problem[] = []
  const state = new Map<StepId, 'open' | 'done'>()
  const walk = (id: StepId) => {
    state.set(id, 'open')
    for (const { field, to } of edgesOf(steps, id)) {
      if (state.get(to) === 'open') problems.push({ step: id, field, message: `leads back to "${to}", in a circle` })
      else if (!state.has(to)) walk(to)
    }
    state.set(id, 'done')
  }
  walk(start)
  return problems
}

function unreachable(graph: Graph): Problem[] {
  const reached = reachableFrom(graph, graph.start)
  return Object.keys(graph.steps)
    .filter((id) => !reached.has(id))
    .map((step) => ({ step, field: '', message: 'no way leads to this step' }))
}

function anchorProblems(graph: Graph): Problem[] {
  return Object.entries(graph.steps).flatMap(([id, step]) =>
    (kindOfStep(step).anchors?.(step) ?? []).flatMap((anchor): Problem[] => {
      const target = graph.steps[anchor.step]
      if (!target) return [{ step: id, field: anchor.field, message: `there is no step "${anchor.step}"` }]
      if (target.kind !== 'wait-for-event')
        return [{ step: id, field: anchor.field, message: `"${anchor.step}" does not wait for an event` }]
      if (!reachableFrom(graph, anchor.step).has(id) || anchor.step === id)
        return [{ step: id, field: anchor.field, message: `"${anchor.step}" does not come before this step` }]
      return []
    }),
  )
}

function reachableFrom({ steps }: Graph, from: StepId): Set<StepId> {
  const reached = new Set([from])
  for (const id of reached) for (const { to } of edgesOf(steps, id)) reached.add(to)
  return reached
}

function edgesOf(steps: Record<StepId, Step>, id: StepId) {
  const step = steps[id]
  return step ? kindOfStep(step).edges(step) : []
}
