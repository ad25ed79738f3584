// Which flows a list shows and in which order, by what its address says. There are so few that no database has to sort.
import { z } from 'zod'
import type { ListedFlow } from '#app/flows/reports/flow-list.server.ts'

const querySchema = z.object({
  q: z.string().max(200).catch(''),
  state: z.enum(['live', 'paused', 'draft', '']).catch(''),
  sort: z.enum(['priority asc', 'name asc', 'entered desc']).catch('priority asc'),
})

/** What the address says and nobody understands counts as not said. */
export function chooseFlows(flows: readonly ListedFlow[], query: Record<string, string>): ListedFlow[] {
  const { q, state, sort } = querySchema.parse(query)
  const words = q.trim().toLowerCase()
  const chosen = flows.filter(
    (flow) => flow.name.toLowerCase().includes(words) && (state === '' || flow.state === state),
  )
  if (sort === 'name asc') return chosen.toSorted((a, b) => a.name.localeCompare(b.name))
  return sort === 'entered desc' ? chosen.toSorted((a, b) => b.entered - a.entered) : chosen
}
