// The fields that a schema names by a widget: lengths of time, steps, mails, conditions, days of the week.
import { BlockStack, ChoiceList, InlineGrid, Select, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useFormSurroundings } from './form-context.ts'
import { useSay } from './use-say.ts'

interface WidgetProps {
  node: { widget: string }
  name: string
  path: string
  value: unknown
  onChange(value: unknown): void
}

export function WidgetField(props: WidgetProps) {
  switch (props.node.widget) {
    case 'duration':
      return <DurationField {...props} />
    case 'step':
      return <OneOfField {...props} among="steps" />
    case 'template':
      return <OneOfField {...props} among="mails" />
    case 'weekdays':
      return <WeekdaysField {...props} />
    case 'condition':
      return <ConditionField {...props} />
    default:
      return <TimeField {...props} />
  }
}

const units = ['days', 'hours', 'minutes'] as const
const lengthSchema = z
  .object({ days: z.number().optional(), hours: z.number().optional(), minutes: z.number().optional() })
  .catch({})

function DurationField({ name, path, value, onChange }: WidgetProps) {
  const { t } = useTranslation('flows')
  const { word } = useSay()
  const { errorOf } = useFormSurroundings()
  const length = lengthSchema.parse(value)
  const error = errorOf(path)
  return (
    <BlockStack gap="100" role="group">
      <Text as="h3" variant="bodyMd">
        {word(`field.${name}`, name)}
      </Text>
      <InlineGrid columns={3} gap="200">
        {units.map((unit) => (
          <TextField
            key={unit}
            type="number"
            min={0}
            autoComplete="off"
            label={t(`field.${unit}`)}
            value={length[unit] === undefined ? '' : String(length[unit])}
            error={errorOf(`${path}.${unit}`) !== undefined || error !== undefined}
            onChange={(text) => onChange({ ...without(length, unit), ...(text !== '' && { [unit]: Number(text) }) })}
          />
        ))}
      </InlineGrid>
      {error && (
        <Text as="p" tone="critical">
          {error}
        </Text>
      )}
    </BlockStack>
  )
}

const without = (length: object, unit: string) =>
  Object.fromEntries(Object.entries(length).filter(([name, count]) => name !== unit && count !== undefined))

function OneOfField({ name, path, value, onChange, among }: WidgetProps & { among: 'steps' | 'mails' }) {
  const { word } = useSay()
  const surroundings = useFormSurroundings()
  const options = surroundings[among].map(({ id, label }) => ({ value: id, label }))
  const isKnown = options.some((option) => option.value === value)
  return (
    <Select
      label={word(`field.${name}`, name)}
      options={isKnown ? options : [{ value: String(value ?? ''), label: '–' }, ...options]}
      value={String(value ?? '')}
      error={surroundings.errorOf(path)}
      onChange={onChange}
    />
  )
}

const days = ['1', '2', '3', '4', '5', '6', '7'] as const

function WeekdaysField({ name, value, onChange }: WidgetProps) {
  const { t } = useTranslation('flows')
  const { word } = useSay()
  const selected = Array.isArray(value) ? value.map(String) : []
  return (
    <ChoiceList
      allowMultiple
      title={word(`field.${name}`, name)}
      choices={days.map((day) => ({ value: day, label: t(`weekday.${day}`) }))}
      selected={selected}
      // Without a day, it is any day.
      onChange={(chosen) => onChange(chosen.length === 0 ? undefined : chosen.map(Number).sort((a, b) => a - b))}
    />
  )
}

function TimeField({ name, path, value, onChange }: WidgetProps) {
  const { word } = useSay()
  const { errorOf } = useFormSurroundings()
  return (
    <TextField
      type="time"
      label={word(`field.${name}`, name)}
      autoComplete="off"
      value={String(value ?? '')}
      error={errorOf(path)}
      onChange={onChange}
    />
  )
}

function ConditionField({ name, path, value, onChange }: WidgetProps) {
  const { word } = useSay()
  const { ConditionField: Field } = useFormSurroundings()
  return <Field label={word(`field.${name}`, name)} path={path} value={value} onChange={onChange} />
}
