// The state of the editor: the draft with what can be undone, and the step that is looked at.
import { useCallback, useMemo, useReducer } from 'react'
import { type Definition, readDefinition } from '#app/flows/definition.ts'
import { type Edit, edit } from '#app/flows/editing/edits.ts'
import { began, edited, type History, redone, undone } from '#app/flows/editing/history.ts'
import type { Problem } from '#app/flows/step-problems.ts'

/** A step, or what is said of the flow as a whole. */
export type Chosen = { step: string } | 'rules' | null

interface State {
  history: History<Definition>
  chosen: Chosen
  /** The last edit could not be made. */
  isRefused: boolean
}

type Action = { type: 'edit'; edit: Edit } | { type: 'undo' | 'redo' } | { type: 'choose'; chosen: Chosen } | Reset
interface Reset {
  type: 'reset'
  definition: Definition
}

export interface FlowEditing {
  definition: Definition
  chosen: Chosen
  problems: Problem[]
  isRefused: boolean
  canUndo: boolean
  canRedo: boolean
  edit(change: Edit): void
  undo(): void
  redo(): void
  choose(chosen: Chosen): void
  reset(definition: Definition): void
}

export function useFlowEditor(first: Definition): FlowEditing {
  const [{ history, chosen, isRefused }, send] = useReducer(next, {
    history: began(first),
    chosen: null,
    isRefused: false,
  })
  const definition = history.present
  const problems = useMemo(() => {
    const read = readDefinition(definition)
    return read.ok ? [] : read.problems
  }, [definition])
  return {
    ...{ definition, chosen, problems, isRefused },
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    edit: useCallback((change) => send({ type: 'edit', edit: change }), []),
    undo: useCallback(() => send({ type: 'undo' }), []),
    redo: useCallback(() => send({ type: 'redo' }), []),
    choose: useCallback((chosen) => send({ type: 'choose', chosen }), []),
    reset: useCallback((definition) => send({ type: 'reset', definition }), []),
  }
}

function next(state: State, action: Action): State {
  switch (action.type) {
    case 'edit': {
      const made = edit(state.history.present, action.edit)
      if (!made) return { ...state, isRefused: true }
      const chosen = made.chosen === null ? state.chosen : { step: made.chosen }
      return { history: edited(state.history, made.definition), chosen, isRefused: false }
    }
    case 'undo':
      return stillThere({ ...state, history: undone(state.history) })
    case 'redo':
      return stillThere({ ...state, history: redone(state.history) })
    case 'choose':
      return { ...state, chosen: action.chosen, isRefused: false }
    case 'reset':
      return { history: began(action.definition), chosen: null, isRefused: false }
  }
}

function stillThere(state: State): State {
  const { chosen, history } = state
  const isGone = chosen !== null && chosen !== 'rules' && !history.present.steps[chosen.step]
  return { ...state, isRefused: false, chosen: isGone ? null : chosen }
}
