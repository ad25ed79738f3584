// Tries a draft out: who would enter, one person's way through it, and the last weeks played through it. Sends nothing.
import { randomUUID } from 'node:crypto'
import { useFetcher, useLoaderData } from '@remix-run/react'
import { Banner, BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { draftVersion } from '#app/flows/dry-run/draft-version.server.ts'
import { findProfileByEmail } from '#app/flows/dry-run/find-profile.server.ts'
import { askForReplay, findReplay, stopReplay } from '#app/flows/dry-run/replay-runs.server.ts'
import { walkThrough } from '#app/flows/dry-run/walk.server.ts'
import { whoWouldEnter } from '#app/flows/dry-run/who-would-enter.server.ts'
import { findFlowPage } from '#app/flows/reports/flow-page.server.ts'
import type { ActionAnswer } from '#app/ui/action-answer.ts'
import { fieldError } from '#app/ui/field-errors.ts'
import { useFlowWords } from '#app/ui/flows/flow-words.ts'
import { ReplayCard } from '#app/ui/flows/ReplayCard.tsx'
import { stepNames } from '#app/ui/flows/step-names.ts'
import { WalkCard, type Walked } from '#app/ui/flows/WalkCard.tsx'
import { WhoCard, type WhoRow } from '#app/ui/flows/WhoCard.tsx'
import { flowParam, refusedForProblems } from './flow-answers.server.ts'
import { intent, type PageRequest, pageAction, pageLoader, Refusal } from './page.server.ts'
import { found } from './problem.server.ts'
import { seenWords } from './seen-words.ts'

export const handle = { i18n: 'flows' }

export const loader = pageLoader(async (page) => {
  const { withShop, shopId, params, now } = page
  const id = flowParam(params)
  const [flow, replay] = await withShop((tx) => Promise.all([findFlowPage(tx, shopId, id), findReplay(tx, shopId, id)]))
  const { name, draft, mails } = found(flow)
  return { ...{ id, name, mails, replay, now }, definition: draft && JSON.stringify(draft) }
})

/** The draft as it is saved; null when it cannot be read. */
async function openDraft({ withShop, shopId, params }: PageRequest) {
  const flowId = flowParam(params)
  return withShop(async (tx) => {
    const { draft } = found(await findFlowPage(tx, shopId, flowId))
    return draft && draftVersion(tx, shopId, { flowId, definition: draft })
  })
}

export const action = pageAction({
  who: intent(z.object({}), async (page) => {
    const flow = await openDraft(page)
    if (!flow) return refusedForProblems()
    const rows = await page.withShop((tx) => whoWouldEnter(tx, flow, page.now))
    return rows.map(({ gates, ...row }) => ({
      ...row,
      gates: gates.map(({ gate, passes, seen }) => ({ gate, passes, seen: seenWords(seen) })),
    }))
  }),
  walk: intent(z.object({ email: z.string().trim().toLowerCase().min(1).max(320) }), async (page, { email }) => {
    const flow = await openDraft(page)
    if (!flow) return refusedForProblems()
    return page.withShop(async (tx) => {
      const profileId = await findProfileByEmail(tx, page.shopId, email)
      if (profileId === null) return new Refusal({ email: fieldError('flows:error.nobody') })
      const walk = await walkThrough(tx, flow, profileId, page.now)
      return {
        ...walk,
        gates: walk.gates.filter(({ passes }) => !passes).map(({ gate }) => gate),
        stops: walk.stops.map(({ seen, ...stop }) => ({ ...stop, seen: seenWords(seen) })),
        mails: walk.mails.map(({ mail, sentAt, reason }) => ({ step: mail.step, sentAt, reason })),
      }
    })
  }),
  replay: intent(z.object({ days: z.literal([30, 90]) }), async (page, { days }) => {
    const flow = await openDraft(page)
    if (!flow) return refusedForProblems()
    const run = { shopId: page.shopId, flowId: flow.flowId, runId: randomUUID() }
    await page.withShop(async (tx) => {
      await askForReplay(tx, run, { days, definition: flow.definition, now: page.now })
      await page.tern.enqueueReplay(tx, run)
    })
    return { runId: run.runId }
  }),
  stop: intent(z.object({}), async ({ withShop, shopId, params }) => ({
    isStopped: await withShop((tx) => stopReplay(tx, shopId, flowParam(params))),
  })),
})

export default function TryFlow() {
  const { t } = useTranslation('flows')
  const { id, name, mails, replay, definition } = useLoaderData<typeof loader>()
  const words = useFlowWords(mails)
  const steps = stepNames(definition, words)
  const called = (step: string) => steps.find(({ value }) => value === step)?.label ?? step
  const who = useFetcher<ActionAnswer<WhoRow[]>>()
  const walk = useFetcher<ActionAnswer<Walked>>()
  return (
    <Page title={t('try.title', { flow: name })} backAction={{ content: name, url: `/app/flows/${id}` }}>
      <BlockStack gap="400">
        <Banner>
          <p>{t('try.draftOnly')}</p>
        </Banner>
        <WhoCard fetcher={who} />
        <WalkCard fetcher={walk} called={called} />
        <ReplayCard run={replay} called={called} />
      </BlockStack>
    </Page>
  )
}
