// Changes what begins a flow, who may enter and be written to, and what ends it.
import { BlockStack, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { type Definition, definitionSchema } from '#app/flows/definition.ts'
import { formOf } from '#app/lib/form-node.ts'
import { ConditionBuilder } from './ConditionBuilder.tsx'
import { SchemaForm } from './SchemaForm.tsx'
import type { FlowEditing } from './use-flow-editor.ts'

const parts = formOf(definitionSchema.pick({ trigger: true, reentry: true, newestOnly: true, exits: true }))

export interface RulesPanelProps {
  editing: FlowEditing
  name: string
  onName(name: string): void
}

export function RulesPanel({ editing, name, onName }: RulesPanelProps) {
  const { t } = useTranslation('flows')
  const { definition } = editing
  const { start: _start, steps: _steps, ...settings } = definition
  const change = (next: object) => editing.edit({ do: 'settings', settings: { ...settings, ...next } })
  const condition = (part: 'entry' | 'filter') => (
    <ConditionBuilder
      label={t(`field.${part}`)}
      path={part}
      value={definition[part]}
      onChange={(value) => change({ [part]: value })}
    />
  )
  return (
    <BlockStack gap="400">
      <Text as="h2" variant="headingMd">
        {t('editor.trigger')}
      </Text>
      <Text as="p" tone="subdued">
        {t('editor.triggerHelp')}
      </Text>
      <TextField label={t('editor.name')} autoComplete="off" maxLength={100} value={name} onChange={onName} />
      {parts.type === 'object' &&
        parts.fields.map(({ name: part, node }) => (
          <SchemaForm
            key={part}
            node={node}
            name={part}
            path={part}
            value={partOf(definition, part)}
            onChange={(value) => change({ [part]: value })}
          />
        ))}
      {condition('entry')}
      {condition('filter')}
      <Text as="p" tone="subdued">
        {t('field.filterHelp')}
      </Text>
    </BlockStack>
  )
}

const partOf = (definition: Definition, part: string): unknown => Reflect.get(definition, part)
