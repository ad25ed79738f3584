// The people in a flow: who is where, since when, and when it goes on for each.
import { useFetcher, useLoaderData } from '@remix-run/react'
import { Badge, BlockStack, Box, Button, InlineStack, Link, Page, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { findFlowPage } from '#app/flows/reports/flow-page.server.ts'
import { listPeople, type PeopleKeys } from '#app/flows/reports/people.server.ts'
import { putBack, takeOut } from '#app/flows/take-out.server.ts'
import { enrolmentId } from '#app/lib/ids.ts'
import { cursorIn, keysetPage } from '#app/lib/keyset.ts'
import { fieldError } from '#app/ui/field-errors.ts'
import { useFlowWords } from '#app/ui/flows/flow-words.ts'
import { stepNames } from '#app/ui/flows/step-names.ts'
import { useSay } from '#app/ui/flows/use-say.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import { PagedTable } from '#app/ui/PagedTable.tsx'
import { flowParam } from './flow-answers.server.ts'
import { intent, pageAction, pageLoader, Refusal } from './page.server.ts'
import { found } from './problem.server.ts'

export const handle = { i18n: 'flows' }

const size = 50
const keysSchema = z.tuple([z.iso.datetime(), z.int()])
const readKeys = (value: unknown): PeopleKeys | null => keysSchema.safeParse(value).data ?? null

const querySchema = z.object({
  q: z.string().max(320).catch(''),
  state: z.enum(['active', 'completed', 'exited', 'failed']).nullable().catch(null),
  step: z.string().max(60).nullable().catch(null),
})

export const loader = pageLoader(async ({ withShop, shopId, params, query, now }) => {
  const id = flowParam(params)
  const { q, state = null, step = null } = querySchema.parse(Object.fromEntries(query))
  const cursor = cursorIn(query, readKeys)
  const [flow, rows] = await withShop((tx) =>
    Promise.all([
      findFlowPage(tx, shopId, id),
      listPeople(tx, shopId, { flowId: id, state, step, email: q || null, cursor, size }),
    ]),
  )
  const { name, draft, live, mails } = found(flow)
  const keysOf = (row: (typeof rows)[number]): PeopleKeys => [row.enteredAt.toISOString(), row.enrolmentId]
  const definition = live?.definition ?? draft
  return {
    ...{ id, name, mails, now },
    page: keysetPage(rows, { size, cursor, keysOf }),
    definition: definition && JSON.stringify(definition),
  }
})

const one = z.object({ enrolmentId: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })

export const action = pageAction({
  takeOut: intent(one, async ({ withShop, shopId, params, now }, form) => ({
    isOut: await withShop((tx) =>
      takeOut(tx, shopId, { flowId: flowParam(params), enrolmentId: enrolmentId(form.enrolmentId) }, now),
    ),
  })),
  putBack: intent(one, async ({ withShop, shopId, params, now }, form) => {
    const place = { flowId: flowParam(params), enrolmentId: enrolmentId(form.enrolmentId) }
    const outcome = await withShop((tx) => putBack(tx, shopId, place, now))
    if (outcome === 'back') return { isBack: true }
    return new Refusal({ '': fieldError(`flows:error.${outcome === 'runs_already' ? 'runsAlready' : 'notTakenOut'}`) })
  }),
})

const tones = { active: 'info', completed: 'success', exited: undefined, failed: 'critical' } as const

export default function PeopleInFlow() {
  const { t } = useTranslation('flows')
  const { id, name, mails, page, definition, now } = useLoaderData<typeof loader>()
  const { relative } = useFormat()
  const { word } = useSay()
  const words = useFlowWords(mails)
  const steps = stepNames(definition, words)
  type Row = (typeof page.rows)[number]
  const stepOf = (row: Row) => steps.find((step) => step.value === row.step)?.label ?? row.step
  const person = (row: Row) => (
    <Link url={`/app/flows/${id}/people/${row.enrolmentId}`} dataPrimaryLink removeUnderline monochrome>
      {row.name ?? row.email ?? t('people.unknown')}
    </Link>
  )
  const next = (row: Row) => {
    if (row.state !== 'active') return row.endReason ? word(`reason.${row.endReason}`, row.endReason) : ''
    const at = row.nextAt === null ? t('people.paused') : relative(row.nextAt, now)
    return row.waitsFor ? `${at}, ${t('people.waitsFor', { event: word(`event.${row.waitsFor}`, row.waitsFor) })}` : at
  }
  const state = (row: Row) => <PersonState state={row.state} />
  return (
    <Page fullWidth title={t('people.title', { flow: name })} backAction={{ content: name, url: `/app/flows/${id}` }}>
      <PagedTable<Row>
        page={page}
        resourceName={{ singular: t('people.one'), plural: t('people.many') }}
        searchHint={t('people.search')}
        filters={[
          {
            name: 'state',
            label: t('people.stateFilter'),
            choices: (['active', 'completed', 'exited', 'failed'] as const).map((value) => ({
              value,
              label: t(`people.${value}`),
            })),
          },
          { name: 'step', label: t('people.stepFilter'), choices: steps },
        ]}
        headings={[
          { title: t('people.person') },
          { title: t('people.state') },
          { title: t('people.step') },
          { title: t('people.since') },
          { title: t('people.next') },
          { title: t('people.takeOut'), hidden: true },
        ]}
        idOf={(row) => String(row.enrolmentId)}
        cells={(row) => [
          person(row),
          state(row),
          stepOf(row),
          relative(row.since, now),
          next(row),
          <InOrOut key="out" row={row} />,
        ]}
        narrow={(row) => (
          <Box padding="300">
            <BlockStack gap="200">
              <InlineStack align="space-between" blockAlign="center">
                {person(row)}
                {state(row)}
              </InlineStack>
              <InlineStack align="space-between" blockAlign="center">
                <Text as="span" tone="subdued">
                  {`${stepOf(row)} · ${next(row)}`}
                </Text>
                <InOrOut row={row} />
              </InlineStack>
            </BlockStack>
          </Box>
        )}
      />
    </Page>
  )
}

function PersonState({ state }: { state: keyof typeof tones }) {
  const { t } = useTranslation('flows')
  const tone = tones[state]
  return <Badge {...(tone && { tone })}>{t(`people.${state}`)}</Badge>
}

interface Movable {
  enrolmentId: number
  state: string
  name: string | null
  email: string | null
  endReason: string | null
}

function InOrOut({ row }: { row: Movable }) {
  const { t } = useTranslation('flows')
  const fetcher = useFetcher()
  if (row.state !== 'active' && row.endReason !== 'taken_out') return null
  const intent = row.state === 'active' ? 'takeOut' : 'putBack'
  const who = row.name ?? row.email ?? t('people.unknown')
  return (
    <Button
      size="micro"
      loading={fetcher.state !== 'idle'}
      accessibilityLabel={`${t(`people.${intent}`)}: ${who}`}
      onClick={() =>
        fetcher.submit(JSON.stringify({ intent, enrolmentId: row.enrolmentId }), {
          method: 'post',
          encType: 'application/json',
        })
      }
    >
      {t(`people.${intent}`)}
    </Button>
  )
}
