// The whole flow as a text that can be edited: a line for each step, ways that part indented.
import { BlockStack, Box, Button, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { Definition } from '#app/flows/definition.ts'
import { edgesOf, type Place } from '#app/flows/editing/edges.ts'
import { type OutlineLine, outline } from '#app/flows/editing/outline.ts'
import type { StepCounts } from '#app/flows/reports/step-counts.server.ts'
import type { StepKind } from '#app/flows/steps/registry.ts'
import { AddStep } from './AddStep.tsx'
import type { FlowWords } from './flow-words.ts'
import { StepFigures } from './StepFigures.tsx'
import type { Chosen } from './use-flow-editor.ts'

export interface FlowViewProps {
  definition: Definition
  words: FlowWords
  counts: StepCounts
  /** The steps with something to put right; null is the flow as a whole. */
  wrong: ReadonlyMap<string | null, string>
  chosen: Chosen
  onChoose(chosen: Chosen): void
  /** Absent where the flow can only be read. */
  onAdd?: (kind: StepKind, place: Place) => void
}

export function FlowText(props: FlowViewProps) {
  const { definition, words, wrong, chosen, onChoose, onAdd } = props
  const { t } = useTranslation('flows')
  return (
    <BlockStack gap="150">
      <InlineStack gap="200" blockAlign="center">
        <Button
          variant="tertiary"
          textAlign="left"
          pressed={chosen === 'rules'}
          id="step-rules"
          onClick={() => onChoose('rules')}
        >
          {words.trigger(definition)}
        </Button>
        {onAdd && <AddStep label={t('editor.addFirst')} onAdd={(kind) => onAdd(kind, 'start')} />}
      </InlineStack>
      {words.rules(definition).map((rule) => (
        <Box key={rule} paddingInlineStart="300">
          <Text as="p" variant="bodySm" tone="subdued">
            {rule}
          </Text>
        </Box>
      ))}
      {wrong.get(null) && <Wrong text={wrong.get(null)!} />}
      {outline(definition).map((line) => (
        <Box key={keyOf(line)} paddingInlineStart={indents[Math.min(line.depth, indents.length - 1)]!}>
          <Line {...props} line={line} />
        </Box>
      ))}
    </BlockStack>
  )
}

const indents = ['0', '300', '600', '800', '1000', '1200', '1600'] as const

const keyOf = (line: OutlineLine) =>
  line.kind === 'step' ? line.id : line.kind === 'way' ? `${line.from}/${line.field}` : `${line.depth}→${line.to}`

function Line({
  line,
  definition,
  words,
  counts,
  wrong,
  chosen,
  onChoose,
  onAdd,
}: FlowViewProps & { line: OutlineLine }) {
  const { t } = useTranslation('flows')
  if (line.kind === 'goes-on')
    return (
      <Text as="p" variant="bodySm" tone="subdued">
        {t('editor.goesOn', { number: line.number ?? '' })}
      </Text>
    )
  if (line.kind === 'way') {
    const place = { after: line.from, field: line.field }
    return (
      <InlineStack gap="200" blockAlign="center">
        <Text as="p" fontWeight="semibold">
          {words.way(definition, line.from, line.field)}
        </Text>
        {onAdd && <AddStep label={t('editor.addHere')} onAdd={(kind) => onAdd(kind, place)} />}
      </InlineStack>
    )
  }
  const step = definition.steps[line.id]
  const [edge, ...others] = step ? edgesOf(step) : []
  const isChosen = chosen !== null && chosen !== 'rules' && chosen.step === line.id
  return (
    <BlockStack gap="050">
      <InlineStack gap="200" blockAlign="center" wrap={false}>
        <Button
          variant="tertiary"
          textAlign="left"
          id={`step-${line.id}`}
          pressed={isChosen}
          onClick={() => onChoose({ step: line.id })}
        >
          {`${line.number}. ${words.step(definition, line.id)}`}
        </Button>
        {onAdd && edge && others.length === 0 && (
          <AddStep label={t('editor.addHere')} onAdd={(kind) => onAdd(kind, { after: line.id, field: edge.field })} />
        )}
      </InlineStack>
      <Box paddingInlineStart="300">
        <StepFigures count={counts.steps[line.id]} />
        {wrong.get(line.id) && <Wrong text={wrong.get(line.id)!} />}
      </Box>
    </BlockStack>
  )
}

function Wrong({ text }: { text: string }) {
  return (
    <Text as="p" variant="bodySm" tone="critical">
      {text}
    </Text>
  )
}
