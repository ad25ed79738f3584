// Home: what to do next, what came of the mails, how the flows and Tern itself are doing.
import { useLoaderData } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { FlowsAtAGlance } from '#app/ui/home/FlowsAtAGlance.tsx'
import { HealthLine } from '#app/ui/home/HealthLine.tsx'
import { Needs } from '#app/ui/home/Needs.tsx'
import { ResultCards } from '#app/ui/home/ResultCards.tsx'
import { SetupGuide } from '#app/ui/home/SetupGuide.tsx'
import { dismissGuide, readHome } from './home.server.ts'
import { intent, pageAction, pageLoader } from './page.server.ts'

export const handle = { i18n: 'home' }

export const loader = pageLoader(({ withShop, now, tern }) =>
  withShop((tx) => readHome(tx, now, tern.env.SENDGRID_API_KEY !== undefined)),
)

export const action = pageAction({
  dismissGuide: intent(z.object({}), ({ withShop, now }) => withShop((tx) => dismissGuide(tx, now))),
})

export default function Home() {
  const { t } = useTranslation('home')
  const { now, guide, needs, results, flows, sync, health } = useLoaderData<typeof loader>()
  // The guide says these two already.
  const further = guide.isDismissed ? needs : needs.filter(({ kind }) => kind !== 'sender' && kind !== 'key')
  const isImporting = sync.some(({ state }) => state !== 'done' && state !== 'failed')
  return (
    <Page title={t('title')}>
      <BlockStack gap="400">
        {!guide.isDismissed && <SetupGuide {...guide} />}
        <Needs needs={further} />
        <ResultCards {...results} today={now} />
        <FlowsAtAGlance flows={flows} />
        <HealthLine {...health} isImporting={isImporting} now={now} />
      </BlockStack>
    </Page>
  )
}
