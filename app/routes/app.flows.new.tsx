// The gallery of flows to begin with, each in plain words.
import { redirect } from '@remix-run/node'
import { useFetcher, useLoaderData } from '@remix-run/react'
import { BlockStack, Box, Button, Card, InlineGrid, InlineStack, Page, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { intent, pageAction, pageLoader } from './page.server.ts'
import { presetMailCounts } from './preset-mail-counts.server.ts'

export const handle = { i18n: 'flows' }

export const loader = pageLoader(async () => ({ mails: presetMailCounts() }))

const presetKeys = ['abandoned-checkout', 'abandoned-cart', 'welcome', 'post-purchase', 'win-back'] as const

const adding = z.object({ preset: z.enum(presetKeys).nullable(), name: z.string().trim().min(1).max(100) })

export const action = pageAction({
  add: intent(adding, async ({ tern, withShop, now }, { preset, name }) => {
    const id = await withShop((tx) => tern.addFlow(tx, tx.shopId, { preset, name }, now))
    throw redirect(`/app/flows/${id}`)
  }),
})

export default function NewFlow() {
  const { t } = useTranslation('flows')
  const { mails } = useLoaderData<typeof loader>()
  const fetcher = useFetcher()
  const add = (preset: string | null, name: string) =>
    fetcher.submit(JSON.stringify({ intent: 'add', preset, name }), { method: 'post', encType: 'application/json' })
  const isBusy = fetcher.state !== 'idle'
  const cards = [
    ...presetKeys.map((key) => ({
      key,
      title: t(`preset.${key}`),
      text: t(`preset.${key}Text`),
      note: t('gallery.mails', { count: mails[key] ?? 0 }),
      use: () => add(key, t(`preset.${key}`)),
    })),
    {
      key: 'blank',
      title: t('gallery.blank'),
      text: t('gallery.blankText'),
      note: '',
      use: () => add(null, t('gallery.blankName')),
    },
  ]
  return (
    <Page title={t('gallery.title')} backAction={{ content: t('title'), url: '/app/flows' }}>
      <BlockStack gap="400">
        <Box paddingInline={{ xs: '400', sm: '0' }}>
          <Text as="p">{t('gallery.intro')}</Text>
        </Box>
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
          {cards.map(({ key, title, text, note, use }) => (
            <Card key={key}>
              <BlockStack gap="300">
                <Text as="h2" variant="headingMd">
                  {title}
                </Text>
                <Text as="p">{text}</Text>
                <InlineStack align="space-between" blockAlign="center">
                  <Button onClick={use} disabled={isBusy} accessibilityLabel={`${t('gallery.use')}: ${title}`}>
                    {t('gallery.use')}
                  </Button>
                  <Text as="span" tone="subdued">
                    {note}
                  </Text>
                </InlineStack>
              </BlockStack>
            </Card>
          ))}
        </InlineGrid>
      </BlockStack>
    </Page>
  )
}
