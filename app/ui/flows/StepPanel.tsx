// Changes one step of a flow: a form made from its schema, and what can be done with the step as a whole.
import { useParams } from '@remix-run/react'
import { BlockStack, Button, ButtonGroup, Select, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { Definition } from '#app/flows/definition.ts'
import { edgesOf, type Place } from '#app/flows/editing/edges.ts'
import { outline } from '#app/flows/editing/outline.ts'
import type { StepCount } from '#app/flows/reports/step-counts.server.ts'
import { type Step, stepKinds, stepSchema } from '#app/flows/steps/registry.ts'
import { formOf } from '#app/lib/form-node.ts'
import { AddStep } from './AddStep.tsx'
import type { FlowWords } from './flow-words.ts'
import { SchemaForm } from './SchemaForm.tsx'
import { StepFigures } from './StepFigures.tsx'
import type { FlowEditing } from './use-flow-editor.ts'
import { useSay } from './use-say.ts'

export interface StepPanelProps {
  editing: FlowEditing
  id: string
  step: Step
  words: FlowWords
  count: StepCount | undefined
}

export function StepPanel({ editing, id, step, words, count }: StepPanelProps) {
  const { t } = useTranslation('flows')
  const { word } = useSay()
  const { flowId } = useParams()
  const { definition } = editing
  const [edge] = edgesOf(step)
  return (
    <BlockStack gap="400">
      <Text as="h2" variant="headingMd">
        {word(`step.${step.kind}.name`, step.kind)}
      </Text>
      <Text as="p" tone="subdued">
        {words.numbered(definition, id)}
      </Text>
      <BlockStack gap="050">
        <StepFigures count={count} withReasons />
      </BlockStack>
      <SchemaForm
        node={formOf(stepKinds[step.kind].schema)}
        name={step.kind}
        path=""
        value={step}
        onChange={(value) => editing.edit({ do: 'change', id, step: asStep(value, step) })}
      />
      {step.kind === 'send-email' && step.template !== '' && (
        <Button url={`/app/flows/${flowId}/mails/${id}`}>{t('editor.openMail')}</Button>
      )}
      {edge && (
        <>
          <MoveStep editing={editing} id={id} words={words} />
          <ButtonGroup>
            <AddStep
              isWide
              label={t('editor.addAfter')}
              onAdd={(kind) => editing.edit({ do: 'add', kind, place: { after: id, field: edge.field } })}
            />
            <Button onClick={() => editing.edit({ do: 'duplicate', id })}>{t('editor.duplicate')}</Button>
            <Button tone="critical" onClick={() => editing.edit({ do: 'remove', id })}>
              {t('editor.remove')}
            </Button>
          </ButtonGroup>
        </>
      )}
    </BlockStack>
  )
}

/** What is being typed may not be sound yet: then it is kept as it is, and said to be wrong. */
function asStep(value: unknown, before: Step): Step {
  const read = stepSchema.safeParse(value)
  return read.success ? read.data : Object.assign({}, before, value)
}

function MoveStep({ editing, id, words }: { editing: FlowEditing; id: string; words: FlowWords }) {
  const { t } = useTranslation('flows')
  const { definition, isRefused } = editing
  const places = placesOf(definition).filter((place) => place === 'start' || place.after !== id)
  const label = (place: Place) => {
    if (place === 'start') return t('editor.moveFirst')
    const line = words.numbered(definition, place.after)
    const [number = '', ...step] = line.split('. ')
    const values = { number, step: step.join('. ') }
    const ways = edgesOf(definition.steps[place.after]!).length
    return ways > 1
      ? t('editor.moveAfterWay', { ...values, way: words.way(definition, place.after, place.field) })
      : t('editor.moveAfter', values)
  }
  return (
    <Select
      label={t('editor.moveTo')}
      placeholder={t('editor.moveHere')}
      options={places.map((place, index) => ({ value: String(index), label: label(place) }))}
      value=""
      error={isRefused ? t('editor.cannot') : undefined}
      onChange={(index) => editing.edit({ do: 'move', id, place: places[Number(index)]! })}
    />
  )
}

function placesOf(definition: Definition): Place[] {
  const after = outline(definition).flatMap((line): Place[] => {
    const step = line.kind === 'step' ? definition.steps[line.id] : undefined
    return line.kind === 'step' && step ? edgesOf(step).map(({ field }) => ({ after: line.id, field })) : []
  })
  return ['start', ...after]
}
