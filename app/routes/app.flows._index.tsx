// The list of flows: what each does, and what came of it in the last 30 days.
import { useFetcher, useLoaderData } from '@remix-run/react'
import { useAppBridge } from '@shopify/app-bridge-react'
import { Badge, Banner, BlockStack, Box, InlineStack, Link, Page, Text } from '@shopify/polaris'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type FlowState, listFlows } from '#app/flows/reports/flow-list.server.ts'
import { flowId } from '#app/lib/ids.ts'
import type { ActionAnswer } from '#app/ui/action-answer.ts'
import { Sparkline } from '#app/ui/flows/Sparkline.tsx'
import { useSay } from '#app/ui/flows/use-say.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import { PagedTable } from '#app/ui/PagedTable.tsx'
import { chooseFlows } from './choose-flows.ts'
import { intent, pageAction, pageLoader } from './page.server.ts'
import { turnFlow } from './turn-flow.server.ts'

export const handle = { i18n: 'flows' }

export const loader = pageLoader(async ({ withShop, shopId, now, query }) => {
  const flows = await withShop((tx) => listFlows(tx, shopId, now))
  return { rows: chooseFlows(flows, Object.fromEntries(query)), next: null, previous: null }
})

const turning = z.object({ flowIds: z.array(z.coerce.number().int().min(1).max(2_147_483_647)).min(1).max(500) })

const turn = (isOn: boolean) =>
  intent(turning, async ({ withShop, now }, { flowIds }) => {
    const changed: number[] = []
    // Each in a transaction of its own: one that cannot be turned on leaves the others as they are.
    for (const id of flowIds) if (await withShop((tx) => turnFlow(tx, flowId(id), isOn, now))) changed.push(id)
    return { changed, unchanged: flowIds.filter((id) => !changed.includes(id)) }
  })

export const action = pageAction({ turnOn: turn(true), turnOff: turn(false) })

type Turned = ActionAnswer<{ changed: number[]; unchanged: number[] }>

const tones = { live: 'success', paused: 'attention', draft: undefined } as const

export default function Flows() {
  const { t } = useTranslation('flows')
  const page = useLoaderData<typeof loader>()
  const { number } = useFormat()
  const { say } = useSay()
  const turned = useFetcher<Turned>()
  const unchanged = useTurned(turned.data)
  const turnAll = (name: 'turnOn' | 'turnOff', ids: string[]) =>
    turned.submit(JSON.stringify({ intent: name, flowIds: ids.map(Number) }), {
      method: 'post',
      encType: 'application/json',
    })
  type Row = (typeof page.rows)[number]
  const trigger = (row: Row) => (row.trigger ? say(`trigger.${row.trigger.kind}`, countOf(row.trigger)) : '')
  const name = (row: Row) => (
    <BlockStack>
      <InlineStack gap="200">
        <Link url={`/app/flows/${row.id}`} dataPrimaryLink removeUnderline monochrome>
          <Text as="span" fontWeight="semibold">
            {row.name}
          </Text>
        </Link>
        {row.hasChanges && row.state !== 'draft' && <Badge tone="info">{t('list.changes')}</Badge>}
      </InlineStack>
      <Text as="span" tone="subdued">
        {trigger(row)}
      </Text>
    </BlockStack>
  )
  return (
    <Page fullWidth title={t('title')} primaryAction={{ content: t('list.new'), url: '/app/flows/new' }}>
      <BlockStack gap="400">
        {unchanged.length > 0 && (
          <Banner tone="warning">
            <p>
              {t('list.notTurned', {
                names: page.rows
                  .filter(({ id }) => unchanged.includes(id))
                  .map((row) => row.name)
                  .join(', '),
              })}
            </p>
          </Banner>
        )}
        <PagedTable<Row>
          page={page}
          resourceName={{ singular: t('list.one'), plural: t('list.many') }}
          searchHint={t('list.search')}
          filters={[
            {
              name: 'state',
              label: t('list.status'),
              choices: (['live', 'paused', 'draft'] as const).map((state) => ({
                value: state,
                label: t(`state.${state}`),
              })),
            },
          ]}
          sortOptions={[
            { label: t('list.sortPriority'), value: 'priority asc', directionLabel: '' },
            { label: t('list.sortName'), value: 'name asc', directionLabel: '' },
            { label: t('list.sortEntered'), value: 'entered desc', directionLabel: '' },
          ]}
          defaultSort="priority asc"
          headings={[
            { title: t('list.flow') },
            { title: t('list.status') },
            { title: t('list.entered'), alignment: 'end' },
            { title: t('list.sent'), alignment: 'end' },
            { title: t('list.clicked'), alignment: 'end' },
            { title: t('list.trend') },
          ]}
          idOf={(row) => String(row.id)}
          cells={(row) => [
            name(row),
            <State key="state" state={row.state} />,
            <Figure key="entered" text={number(row.entered)} />,
            <Figure key="sent" text={number(row.sent)} />,
            <Figure key="clicked" text={number(row.clicked)} />,
            <Sparkline key="trend" counts={row.perDay} label={t('list.trendOf', { count: row.entered })} />,
          ]}
          narrow={(row) => (
            <Box padding="300">
              <BlockStack gap="200">
                {name(row)}
                <InlineStack gap="200">
                  <State state={row.state} />
                  <Text as="span" tone="subdued">
                    {`${t('list.entered')}: ${number(row.entered)} · ${t('list.sent')}: ${number(row.sent)}`}
                  </Text>
                </InlineStack>
              </BlockStack>
            </Box>
          )}
          bulkActions={(ids, clear) =>
            (['turnOn', 'turnOff'] as const).map((each) => ({
              content: t(`list.${each}`),
              onAction: () => {
                turnAll(each, ids)
                clear()
              },
            }))
          }
        />
        <Text as="p" variant="bodySm" tone="subdued">
          {t('list.period')}
        </Text>
      </BlockStack>
    </Page>
  )
}

function State({ state }: { state: FlowState }) {
  const { t } = useTranslation('flows')
  const tone = tones[state]
  return <Badge {...(tone && { tone })}>{t(`state.${state}`)}</Badge>
}

const Figure = ({ text }: { text: string }) => (
  <Text as="span" alignment="end" numeric>
    {text}
  </Text>
)

const countOf = (trigger: object): Record<string, number> =>
  'days' in trigger && typeof trigger.days === 'number' ? { count: trigger.days } : {}

/** Says what was done, and returns those with which nothing could be. */
function useTurned(answer: Turned | undefined): number[] {
  const { t } = useTranslation('flows')
  const shopify = useAppBridge()
  useEffect(() => {
    if (answer?.ok && answer.result.changed.length > 0)
      shopify.toast.show(t('list.turned', { count: answer.result.changed.length }))
  }, [answer, shopify, t])
  return answer?.ok ? answer.result.unchanged : []
}
