// The page around the editor: its state, saving, publishing, and what is said when somebody else was faster.
import { useFetcher, useNavigate } from '@remix-run/react'
import { useAppBridge } from '@shopify/app-bridge-react'
import { Badge, Banner, BlockStack, Page } from '@shopify/polaris'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Definition, readDefinition } from '#app/flows/definition.ts'
import type { StepCounts } from '#app/flows/reports/step-counts.server.ts'
import { isDeepEqual } from '#app/lib/deep-equal.ts'
import type { ActionAnswer } from '#app/ui/action-answer.ts'
import { FormSaveBar } from '#app/ui/FormSaveBar.tsx'
import { useFormat } from '#app/ui/frame-data.ts'
import { useFieldErrorText } from '#app/ui/use-field-error-text.ts'
import { FlowEditor } from './FlowEditor.tsx'
import { useFlowWords } from './flow-words.ts'
import { PublishDialog } from './PublishDialog.tsx'
import { useFlowEditor } from './use-flow-editor.ts'

export interface FlowPageProps {
  id: number
  name: string
  state: 'draft' | 'live' | 'paused'
  draft: string
  revision: number
  live: { version: number; definition: string; publishedAt: string } | null
  mails: { id: string; subject: string }[]
  flows: { key: string; name: string }[]
  counts: StepCounts
}

type Answer = ActionAnswer<{ revision?: number; version?: number; isChanged?: boolean }>

export function FlowPage(props: FlowPageProps) {
  const { id, state, live: stored, mails, flows, counts } = props
  const { t } = useTranslation('flows')
  const { date } = useFormat()
  const live = stored && definitionIn(stored.definition)
  const words = useFlowWords(mails)
  const saving = useSaving(props)
  const { editing, name, setName, isDirty } = saving
  const [isPublishing, setPublishing] = useState(false)
  const acting = useActing(() => setPublishing(false))
  const errorText = useFieldErrorText()
  const waiting = Object.values(counts.steps).reduce((sum, step) => sum + step.waiting, 0)
  const tone = state === 'live' ? 'success' : state === 'paused' ? 'attention' : undefined
  const refused = acting.answer && !acting.answer.ok ? Object.values(acting.answer.errors)[0] : undefined
  return (
    <Page
      fullWidth
      title={name}
      titleMetadata={<Badge {...(tone && { tone })}>{t(`state.${state}`)}</Badge>}
      subtitle={
        stored ? t('editor.live', { version: stored.version, date: date(stored.publishedAt) }) : t('editor.neverLive')
      }
      backAction={{ content: t('title'), url: '/app/flows' }}
      primaryAction={{
        content: t('publish.action'),
        disabled: isDirty || editing.problems.length > 0,
        onAction: () => setPublishing(true),
        ...(isDirty && { helpText: t('publish.saveFirst') }),
      }}
      secondaryActions={[
        { content: t('editor.people'), url: `/app/flows/${id}/people` },
        { content: t('editor.tryOut'), url: `/app/flows/${id}/try` },
        ...(state === 'draft'
          ? []
          : [
              {
                content: t(state === 'live' ? 'publish.turnOff' : 'publish.turnOn'),
                loading: acting.isBusy,
                onAction: () => acting.act({ intent: 'turn', isOn: state !== 'live' }),
              },
            ]),
      ]}
    >
      <BlockStack gap="400">
        {saving.isStale && (
          <Banner
            tone="critical"
            title={t('editor.stale')}
            action={{ content: t('editor.staleAction'), onAction: saving.takeTheirs }}
          >
            <p>{t('editor.staleText')}</p>
          </Banner>
        )}
        <FlowEditor {...{ editing, words, counts, live, mails, flows, name }} onName={setName} />
      </BlockStack>
      <FormSaveBar draft={saving} />
      <PublishDialog
        isOpen={isPublishing}
        isBusy={acting.isBusy}
        live={live}
        draft={editing.definition}
        waiting={waiting}
        words={words}
        error={errorText(refused)}
        onPublish={(choice) => acting.act({ intent: 'publish', revision: saving.revision, waiting: choice })}
        onClose={() => setPublishing(false)}
      />
    </Page>
  )
}

export function UnreadableFlow({ name }: { name: string }) {
  const { t } = useTranslation('flows')
  return (
    <Page title={name} backAction={{ content: t('title'), url: '/app/flows' }}>
      <Banner tone="critical" title={t('editor.unreadable')}>
        <p>{t('editor.unreadableText')}</p>
      </Banner>
    </Page>
  )
}

function definitionIn(text: string): Definition {
  const read = readDefinition(JSON.parse(text))
  if (!read.ok) throw new Error('the server sent a definition that this page cannot read')
  return read.definition
}

/** The draft that editing began from, and saving against exactly that one. */
function useSaving({ draft, revision, name: storedName }: FlowPageProps) {
  const { t } = useTranslation(['flows', 'common'])
  const shopify = useAppBridge()
  const fetcher = useFetcher<Answer>()
  const [base, setBase] = useState({ definition: definitionIn(draft), revision, name: storedName })
  const [name, setName] = useState(storedName)
  const [isStale, setStale] = useState(false)
  const sent = useRef(base)
  const editing = useFlowEditor(base.definition)
  useAnswer(fetcher, (answer) => {
    if (!answer.ok) return setStale('revision' in answer.errors)
    setBase({ ...sent.current, revision: answer.result.revision ?? sent.current.revision })
    shopify.toast.show(t('common:saved'))
  })
  const isDirty = name !== base.name || !isDeepEqual(editing.definition, base.definition)
  const discard = () => {
    editing.reset(base.definition)
    setName(base.name)
    setStale(false)
  }
  const takeTheirs = () => {
    const theirs = { definition: definitionIn(draft), revision, name: storedName }
    setBase(theirs)
    setName(theirs.name)
    editing.reset(theirs.definition)
    setStale(false)
  }
  return {
    ...{ editing, name, setName, isDirty, isStale, discard, takeTheirs },
    revision: base.revision,
    isSaving: fetcher.state !== 'idle',
    save() {
      sent.current = { definition: editing.definition, revision: base.revision, name }
      const body = JSON.stringify({ intent: 'save', ...sent.current })
      fetcher.submit(body, { method: 'post', encType: 'application/json' })
    },
  }
}

/** Publishing, pausing and resuming. */
function useActing(onDone: () => void) {
  const { t } = useTranslation(['flows', 'common'])
  const shopify = useAppBridge()
  const fetcher = useFetcher<Answer>()
  const navigate = useNavigate()
  useAnswer(fetcher, (answer) => {
    if (!answer.ok) return
    onDone()
    shopify.toast.show(t(answer.intent === 'publish' ? 'publish.done' : 'common:saved'))
    navigate('.', { replace: true, preventScrollReset: true })
  })
  return {
    answer: fetcher.data,
    isBusy: fetcher.state !== 'idle',
    act: (form: object) => fetcher.submit(JSON.stringify(form), { method: 'post', encType: 'application/json' }),
  }
}

/** Calls `then` once for each answer. */
function useAnswer({ state, data }: { state: string; data: Answer | undefined }, then: (answer: Answer) => void) {
  const heard = useRef<unknown>(undefined)
  useEffect(() => {
    if (state !== 'idle' || !data || heard.current === data) return
    heard.current = data
    then(data)
  })
}
