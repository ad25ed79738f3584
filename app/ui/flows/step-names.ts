// The steps of a flow by their ids, as they are called on pages that don't edit it.
import { readDefinition } from '#app/flows/definition.ts'
import type { FlowWords } from './flow-words.ts'

/** None when the definition cannot be read. */
export function stepNames(definition: string | null, words: FlowWords): { value: string; label: string }[] {
  const read = definition === null ? null : readDefinition(JSON.parse(definition))
  if (!read?.ok) return []
  return Object.keys(read.definition.steps).map((id) => ({ value: id, label: words.numbered(read.definition, id) }))
}
