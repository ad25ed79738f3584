// One flow: draw it, save the draft, publish it. Two people who draw at once never overwrite each other.
import type { LinksFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import canvasStyles from '@xyflow/react/dist/style.css?url'
import { z } from 'zod'
import { publishFlow } from '#app/flows/publish-flow.server.ts'
import { findFlowPage } from '#app/flows/reports/flow-page.server.ts'
import { countSteps } from '#app/flows/reports/step-counts.server.ts'
import { saveDraft } from '#app/flows/save-draft.server.ts'
import ownStyles from '#app/ui/flows/canvas.css?url'
import { FlowPage, UnreadableFlow } from '#app/ui/flows/FlowPage.tsx'
import { flowParam, refusedAsStale, refusedForProblems } from './flow-answers.server.ts'
import { intent, pageAction, pageLoader } from './page.server.ts'
import { found, problem } from './problem.server.ts'
import { turnFlow } from './turn-flow.server.ts'

export const handle = { i18n: 'flows' }

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: canvasStyles },
  { rel: 'stylesheet', href: ownStyles },
]

export const loader = pageLoader(async ({ withShop, shopId, params }) => {
  const id = flowParam(params)
  const [flow, counts] = await withShop((tx) => Promise.all([findFlowPage(tx, shopId, id), countSteps(tx, shopId, id)]))
  const { draft, live, ...rest } = found(flow)
  // As texts: the page reads them by the schema that the server has read them by.
  return {
    ...rest,
    counts,
    draft: draft && JSON.stringify(draft),
    live: live && { ...live, definition: JSON.stringify(live.definition) },
  }
})

const revision = z.int().min(0)

export const action = pageAction({
  save: intent(
    z.object({ definition: z.unknown(), revision, name: z.string().trim().min(1).max(100) }),
    async ({ withShop, shopId, params, now }, { definition, revision, name }) => {
      const draft = { flowId: flowParam(params), definition, revision, name }
      const saved = await withShop((tx) => saveDraft(tx, shopId, draft, now))
      if (saved.ok) return { revision: saved.revision }
      if (saved.reason === 'unknown') throw problem(404)
      return saved.reason === 'stale' ? refusedAsStale() : refusedForProblems()
    },
  ),
  publish: intent(
    z.object({ revision, waiting: z.enum(['keep', 'move', 'leave']) }),
    async ({ withShop, shopId, params, now }, { revision, waiting }) => {
      const id = flowParam(params)
      return withShop(async (tx) => {
        const [flow] = await tx.rows<{ revision: number }>(
          'select draft_revision as revision from flow where shop_id = $1 and id = $2 for update',
          [shopId, id],
        )
        if (found(flow).revision !== revision) return refusedAsStale()
        const published = await publishFlow(tx, shopId, id, waiting, now)
        return published.ok ? { version: published.version } : refusedForProblems()
      })
    },
  ),
  turn: intent(z.object({ isOn: z.boolean() }), async ({ withShop, params, now }, { isOn }) => ({
    isChanged: await withShop((tx) => turnFlow(tx, flowParam(params), isOn, now)),
  })),
})

export default function Flow() {
  const data = useLoaderData<typeof loader>()
  return data.draft === null ? (
    <UnreadableFlow name={data.name} />
  ) : (
    <FlowPage {...data} key={data.id} draft={data.draft} />
  )
}
