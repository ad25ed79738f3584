// A flow as a text is read: its steps one below the other, ways that part indented, and what follows where they meet.
import type { Definition } from '#app/flows/definition.ts'
import type { StepId } from '#app/flows/step-kind.ts'
import { edgesOf } from './edges.ts'

export type OutlineLine =
  | { kind: 'step'; id: StepId; number: number; depth: number }
  /** One of several ways out: what follows, deeper, is on it. */
  | { kind: 'way'; from: StepId; field: string; depth: number }
  /** This way goes on with a step that stands elsewhere. */
  | { kind: 'goes-on'; to: StepId; number: number | null; depth: number }

/** Every step that can be reached stands in it once. */
export function outline(definition: Definition): OutlineLine[] {
  const meets = meetingPoints(definition)
  const lines: OutlineLine[] = []
  const numbers = new Map<StepId, number>()
  const tell = (from: StepId, until: StepId | null, depth: number) => {
    let id: StepId | null = from
    while (id !== null && id !== until) {
      const step: Definition['steps'][string] | undefined = definition.steps[id]
      if (!step) return
      if (numbers.has(id)) {
        lines.push({ kind: 'goes-on', to: id, number: null, depth })
        return
      }
      numbers.set(id, numbers.size + 1)
      lines.push({ kind: 'step', id, number: numbers.size, depth })
      const edges = edgesOf(step)
      const meeting: StepId | null = edges.length > 1 ? (meets.get(id) ?? null) : (edges[0]?.to ?? null)
      if (edges.length > 1)
        for (const { field, to } of edges) {
          lines.push({ kind: 'way', from: id, field, depth: depth + 1 })
          tell(to, meeting, depth + 2)
        }
      id = meeting
    }
    if (id !== null && depth > 0 && until !== null && from === until)
      lines.push({ kind: 'goes-on', to: until, number: null, depth })
  }
  tell(definition.start, null, 0)
  return lines.map((line) => (line.kind === 'goes-on' ? { ...line, number: numbers.get(line.to) ?? null } : line))
}

/** For each step the first one that every way from it comes through. */
function meetingPoints(definition: Definition): Map<StepId, StepId> {
  const through = new Map<StepId, Set<StepId>>()
  const order = (id: StepId): Set<StepId> => {
    const known = through.get(id)
    if (known) return known
    // Set first, so that a circle in an unfinished draft comes to an end.
    through.set(id, new Set([id]))
    const step = definition.steps[id]
    const ways = step ? edgesOf(step).map(({ to }) => order(to)) : []
    const common = [...(ways[0] ?? [])].filter((each) => ways.every((way) => way.has(each)))
    const own = new Set([id, ...common])
    through.set(id, own)
    return own
  }
  order(definition.start)
  const meets = new Map<StepId, StepId>()
  for (const [id, ids] of through) {
    // Of those that all ways come through, the first has all the others after it.
    const [first] = [...ids].filter((each) => each !== id).sort((a, b) => sizeOf(through, b) - sizeOf(through, a))
    if (first !== undefined) meets.set(id, first)
  }
  return meets
}

const sizeOf = (through: ReadonlyMap<StepId, Set<StepId>>, id: StepId) => through.get(id)?.size ?? 0
