// What the flows' pages have in common: reading a flow's id from the address, and saying what refuses a change.
import { type FlowId, flowId } from '#app/lib/ids.ts'
import { fieldError } from '#app/ui/field-errors.ts'
import { Refusal } from './page.server.ts'
import { idParam } from './problem.server.ts'

export const flowParam = (params: Readonly<Record<string, string | undefined>>): FlowId =>
  flowId(smallId(params.flowId))

/** Flows are counted by small integers: a greater number names none. */
function smallId(text: string | undefined): number {
  const id = idParam(text)
  return id <= 2_147_483_647 ? id : idParam(undefined)
}

export const refusedAsStale = () => new Refusal({ revision: fieldError('flows:error.stale') })

export const refusedForProblems = () => new Refusal({ definition: fieldError('flows:error.problems') })
