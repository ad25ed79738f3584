// The editor: the flow as picture or text on one side, what is chosen on the other. Ctrl+Z and Ctrl+Shift+Z undo and redo.
import { Banner, BlockStack, Box, Button, ButtonGroup, Card, InlineStack, Layout, Text } from '@shopify/polaris'
import { RedoIcon, UndoIcon } from '@shopify/polaris-icons'
import { type KeyboardEvent, lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Definition } from '#app/flows/definition.ts'
import type { StepCounts } from '#app/flows/reports/step-counts.server.ts'
import { ConditionBuilder } from './ConditionBuilder.tsx'
import { FlowText, type FlowViewProps } from './FlowText.tsx'
import type { FlowWords } from './flow-words.ts'
import { FormSurroundingsContext } from './form-context.ts'
import { RulesPanel } from './RulesPanel.tsx'
import { StepPanel } from './StepPanel.tsx'
import type { Chosen, FlowEditing } from './use-flow-editor.ts'

const FlowCanvas = lazy(() => import('./FlowCanvas.tsx'))

export interface FlowEditorProps {
  editing: FlowEditing
  words: FlowWords
  counts: StepCounts
  live: Definition | null
  mails: readonly { id: string; subject: string }[]
  flows: readonly { key: string; name: string }[]
  name: string
  onName(name: string): void
}

type View = 'picture' | 'text' | 'live'

export function FlowEditor(props: FlowEditorProps) {
  const { editing, words, counts, live, mails, flows } = props
  const { t } = useTranslation('flows')
  const { definition, problems, chosen } = editing
  const [view, setView] = useState<View>('text')
  const panel = useFocusOnChoice(chosen)
  const wrong = useMemo(
    () => new Map(problems.map((problem) => [problem.step, words.problem(problem)])),
    [problems, words],
  )
  const step = chosen !== null && chosen !== 'rules' ? definition.steps[chosen.step] : undefined
  const surroundings = useMemo(() => {
    const at = chosen === 'rules' || chosen === null ? null : chosen.step
    return {
      steps: Object.keys(definition.steps).map((id) => ({ id, label: words.numbered(definition, id) })),
      mails: mails.map(({ id, subject }) => ({ id, label: subject || id })),
      flows: flows.map(({ key, name }) => ({ id: key, label: name })),
      ConditionField: ConditionBuilder,
      errorOf: (path: string) => problems.find((problem) => problem.step === at && problem.field === path)?.message,
    }
  }, [definition, words, mails, flows, problems, chosen])
  const viewed: FlowViewProps = {
    ...{ definition, words, counts, wrong, chosen },
    onChoose: editing.choose,
    onAdd: (kind, place) => editing.edit({ do: 'add', kind, place }),
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && chosen !== null && panel.current?.contains(event.target as Node)) leavePanel(chosen)
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z' || isTyping(event.target)) return
    event.preventDefault()
    if (event.shiftKey) editing.redo()
    else editing.undo()
  }
  return (
    <FormSurroundingsContext.Provider value={surroundings}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: short cuts for what the buttons do */}
      <div onKeyDown={keys}>
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              {problems.length > 0 && (
                <Banner tone="warning" title={t('editor.problems', { count: problems.length })}>
                  {problems.slice(0, 5).map((problem) => (
                    <p key={`${problem.step} ${problem.field}`}>
                      {problem.step !== null && `${words.numbered(definition, problem.step)}: `}
                      {words.problem(problem)}
                    </p>
                  ))}
                </Banner>
              )}
              <Card>
                <BlockStack gap="400">
                  <Toolbar editing={editing} view={view} onView={setView} hasLive={live !== null} />
                  {view === 'picture' ? (
                    <Suspense fallback={<Box minHeight="480px" />}>
                      <FlowCanvas {...viewed} />
                    </Suspense>
                  ) : view === 'live' && live ? (
                    <FlowText {...readOnly(viewed)} definition={live} wrong={new Map()} chosen={null} />
                  ) : (
                    <FlowText {...viewed} />
                  )}
                  {counts.enrolments > 0 && (
                    <Text as="p" variant="bodySm" tone="subdued">
                      {t('counts.definition', { count: counts.enrolments })}
                    </Text>
                  )}
                </BlockStack>
              </Card>
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <Card>
              <div ref={panel} tabIndex={-1} className="tern-panel">
                {chosen !== null && chosen !== 'rules' && step ? (
                  <StepPanel
                    key={chosen.step}
                    {...{ editing, step, words }}
                    id={chosen.step}
                    count={counts.steps[chosen.step]}
                  />
                ) : chosen === 'rules' ? (
                  <RulesPanel editing={editing} name={props.name} onName={props.onName} />
                ) : (
                  <BlockStack gap="300">
                    <Text as="p" tone="subdued">
                      {t('editor.chooseStep')}
                    </Text>
                    <InlineStack>
                      <Button onClick={() => editing.choose('rules')}>{t('editor.trigger')}</Button>
                    </InlineStack>
                  </BlockStack>
                )}
              </div>
            </Card>
          </Layout.Section>
        </Layout>
      </div>
    </FormSurroundingsContext.Provider>
  )
}

function readOnly({ onAdd: _, ...view }: FlowViewProps): FlowViewProps {
  return { ...view, onChoose: () => {} }
}

interface ToolbarProps {
  editing: FlowEditing
  view: View
  onView(view: View): void
  hasLive: boolean
}

function Toolbar({ editing, view, onView, hasLive }: ToolbarProps) {
  const { t } = useTranslation('flows')
  const views: [View, string][] = [
    ['text', t('editor.asText')],
    ['picture', t('editor.asCanvas')],
    ...(hasLive ? [['live', t('editor.asLive')] satisfies [View, string]] : []),
  ]
  return (
    <InlineStack align="space-between" gap="200">
      <ButtonGroup variant="segmented">
        {views.map(([value, label]) => (
          <Button key={value} pressed={view === value} onClick={() => onView(value)}>
            {label}
          </Button>
        ))}
      </ButtonGroup>
      <ButtonGroup>
        <Button icon={UndoIcon} disabled={!editing.canUndo} onClick={editing.undo}>
          {t('editor.undo')}
        </Button>
        <Button icon={RedoIcon} disabled={!editing.canRedo} onClick={editing.redo}>
          {t('editor.redo')}
        </Button>
      </ButtonGroup>
    </InlineStack>
  )
}

/** The panel takes the focus when something is chosen, so that the next Tab is in its form. */
function useFocusOnChoice(chosen: Chosen) {
  const panel = useRef<HTMLDivElement>(null)
  const name = chosen === null ? null : chosen === 'rules' ? 'rules' : chosen.step
  useEffect(() => {
    if (name !== null) panel.current?.focus({ preventScroll: !window.matchMedia('(max-width: 47.9em)').matches })
  }, [name])
  return panel
}

function leavePanel(chosen: Exclude<Chosen, null>) {
  const id = chosen === 'rules' ? 'rules' : chosen.step
  const button = document.getElementById(`step-${id}`) ?? document.getElementById(`card-${id}`)
  button?.focus()
}

/** A text field undoes its own letters. */
const isTyping = (target: EventTarget) =>
  target instanceof HTMLElement &&
  /^(input|textarea)$/i.test(target.tagName) &&
  !/checkbox|radio/.test(target.getAttribute('type') ?? '')
