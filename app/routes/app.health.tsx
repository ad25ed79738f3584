// Health: whether everything that happens in the shop arrives and is worked off, and what to do where it is not.
import { useLoaderData } from '@remix-run/react'
import { BlockStack, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { SetAsideCard } from '#app/ui/health/SetAsideCard.tsx'
import { QueuesCard, TokenCard, TopicsCard } from '#app/ui/health/StateCards.tsx'
import { SyncCard } from '#app/ui/health/SyncCard.tsx'
import { readHealth, retry } from './health.server.ts'
import { intent, pageAction, pageLoader } from './page.server.ts'

export const handle = { i18n: 'health' }

export const loader = pageLoader(async ({ withShop, now, accessEndsAt }) => {
  return { ...(await withShop(readHealth)), now, accessEndsAt }
})

const retryForm = z.object({
  /** Empty for all. */
  inboxId: z.union([z.literal('').transform(() => null), z.coerce.number().pipe(z.int().positive())]),
})

export const action = pageAction({
  retry: intent(retryForm, ({ withShop, now }, { inboxId }) => withShop((tx) => retry(tx, inboxId, now))),
})

export default function Health() {
  const { t } = useTranslation('health')
  const { sync, topics, line, queues, setAside, now, accessEndsAt } = useLoaderData<typeof loader>()
  return (
    <Page title={t('title')}>
      <BlockStack gap="400">
        <SetAsideCard lines={setAside} />
        <SyncCard lines={sync} now={now} />
        <QueuesCard {...queues} oldestOrderAt={line.oldestOrderAt} mails={line.waitingMails} />
        <TopicsCard topics={topics} now={now} />
        <TokenCard accessEndsAt={accessEndsAt} />
      </BlockStack>
    </Page>
  )
}
