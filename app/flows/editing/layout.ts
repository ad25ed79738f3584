// Where the steps of a flow stand on the canvas: each below all that lead to it, the ways out of one side by side.
import type { Definition } from '#app/flows/definition.ts'
import type { StepId } from '#app/flows/step-kind.ts'
import { edgesOf, reachable } from './edges.ts'

/** The card of the trigger, above the first step. */
export const triggerCard = '@trigger'

export interface Card {
  id: StepId
  x: number
  y: number
}

export interface Way {
  id: string
  from: StepId
  /** Null from the trigger. */
  field: string | null
  to: StepId
}

export interface Layout {
  cards: Card[]
  ways: Way[]
}

export const cardSize = { width: 260, height: 84 }
const gap = { x: 40, y: 64 }

/** Steps that nothing leads to stand in a row of their own below. */
export function layOut(definition: Definition): Layout {
  const columns = columnsOf(definition)
  const rows = rowsOf(definition)
  const at = (id: StepId, column: number, row: number): Card => ({
    id,
    x: column * (cardSize.width + gap.x),
    y: row * (cardSize.height + gap.y),
  })
  const placed = [...columns].map(([id, column]) => at(id, column, (rows.get(id) ?? 0) + 1))
  const lowest = Math.max(0, ...rows.values()) + 2
  const lost = Object.keys(definition.steps).filter((id) => !columns.has(id))
  return {
    cards: [at(triggerCard, 0, 0), ...placed, ...lost.map((id, index) => at(id, index, lowest))],
    ways: waysOf(definition),
  }
}

/** The first way out stays in its column, every other one gets a new column to the right of all before it. */
function columnsOf({ start, steps }: Definition): Map<StepId, number> {
  const columns = new Map<StepId, number>()
  let last = 0
  const place = (id: StepId, column: number) => {
    const step = steps[id]
    if (!step || columns.has(id)) return
    columns.set(id, column)
    for (const [index, { to }] of edgesOf(step).entries()) {
      if (index > 0 && !columns.has(to)) last += 1
      place(to, index > 0 ? last : column)
    }
  }
  place(start, 0)
  return columns
}

/** The longest way from the start. */
function rowsOf(definition: Definition): Map<StepId, number> {
  const rows = new Map<StepId, number>()
  const count = reachable(definition).size
  const push = (id: StepId, row: number) => {
    // In a circle there is no longest way; an unfinished draft may have one.
    if (row >= count || (rows.get(id) ?? -1) >= row) return
    rows.set(id, row)
    const step = definition.steps[id]
    if (step) for (const { to } of edgesOf(step)) push(to, row + 1)
  }
  push(definition.start, 0)
  return rows
}

function waysOf({ start, steps }: Definition): Way[] {
  const ways = Object.entries(steps).flatMap(([from, step]) =>
    edgesOf(step).map(({ field, to }): Way => ({ id: `${from}/${field}`, from, field, to })),
  )
  const known = ways.filter(({ to }) => steps[to])
  return [{ id: triggerCard, from: triggerCard, field: null, to: start }, ...known]
}

interface WayEnds {
  sourceX: number
  sourceY: number
  targetX: number
  targetY: number
  /** Which of the ways out of its step it is. */
  place: number
}

/**
 * How a way is drawn: in the gaps between the cards, so that it crosses none; and where its label stands, apart from
 * those of the other ways out of the same step.
 */
export function wayPath({ sourceX, sourceY, targetX, targetY, place }: WayEnds) {
  const bend = sourceY + gap.y / 2
  if (place > 0 && targetX <= sourceX) {
    // Past the cards below, in the gap beside its column; the longer way outside the shorter one.
    const rows = (targetY - sourceY) / (cardSize.height + gap.y)
    const lane = sourceX + cardSize.width / 2 + Math.min(gap.x - 8, 8 + rows * 6)
    const path = `M ${sourceX} ${sourceY} V ${bend} H ${lane} V ${targetY - 14} H ${targetX} V ${targetY}`
    return { path, label: { x: lane, y: bend + gap.y / 2 + cardSize.height / 2 } }
  }
  if (targetX > sourceX) {
    const path = `M ${sourceX} ${sourceY} V ${bend} H ${targetX} V ${targetY}`
    return { path, label: { x: targetX, y: bend } }
  }
  const path = `M ${sourceX} ${sourceY} V ${targetY - 14} H ${targetX} V ${targetY}`
  return { path, label: { x: sourceX, y: bend } }
}
