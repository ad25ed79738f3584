// Makes a condition of its parts in words: which hold together, which is enough, and the opposite of each.
import { BlockStack, Box, Button, ButtonGroup, Checkbox, InlineStack, Select, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { blankOf, formOf } from '#app/lib/form-node.ts'
import { leafSchema } from '#app/segments/conditions/registry.ts'
import type { ConditionFieldProps } from './form-context.ts'
import { SchemaForm } from './SchemaForm.tsx'

const leafForm = formOf(leafSchema)
const firstLeaf = () => blankOf(leafForm)

/** Nothing at all, or no parts, is everybody. */
export function ConditionBuilder({ label, path, value, onChange }: ConditionFieldProps) {
  const { t } = useTranslation('flows')
  return (
    <BlockStack gap="200" role="group">
      <Text as="h3" variant="headingSm">
        {label}
      </Text>
      {value === null || value === undefined ? (
        <>
          <Text as="p" tone="subdued">
            {t('builder.none')}
          </Text>
          <InlineStack>
            <Button onClick={() => onChange({ all: [firstLeaf()] })}>{t('builder.add')}</Button>
          </InlineStack>
        </>
      ) : (
        <Part path={path} value={value} depth={0} onChange={onChange} onRemove={() => onChange(null)} />
      )}
    </BlockStack>
  )
}

interface PartProps {
  path: string
  value: unknown
  depth: number
  onChange(value: unknown): void
  onRemove(): void
}

function Part(props: PartProps) {
  const { value, path, onChange } = props
  const inner = partIn(value, 'not')
  const isNot = inner !== undefined
  const held = isNot ? inner : value
  const word = partIn(held, 'all') === undefined ? 'any' : 'all'
  const parts = partIn(held, word)
  const put = (next: unknown) => onChange(isNot ? { not: next } : next)
  const own = { ...props, value: held, path: isNot ? `${path}.not` : path, onChange: put }
  return Array.isArray(parts) ? (
    <Group {...own} word={word} parts={parts} isNot={isNot} onNot={(not) => onChange(not ? { not: held } : held)} />
  ) : (
    <LeafPart {...own} isNot={isNot} onNot={(not) => onChange(not ? { not: held } : held)} />
  )
}

function partIn(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

interface Opposite {
  isNot: boolean
  onNot(isNot: boolean): void
}

function Group(props: PartProps & Opposite & { word: 'all' | 'any'; parts: unknown[] }) {
  const { t } = useTranslation('flows')
  const { word, parts, path, depth, isNot, onNot, onChange, onRemove } = props
  const put = (next: unknown[]) => (next.length === 0 ? onRemove() : onChange({ [word]: next }))
  return (
    <Box borderInlineStartWidth="050" borderColor="border" paddingInlineStart="300">
      <BlockStack gap="300">
        <Select
          label={t('builder.group')}
          options={[
            { value: 'all', label: t('builder.all') },
            { value: 'any', label: t('builder.any') },
          ]}
          value={word}
          onChange={(next) => onChange({ [next]: parts })}
        />
        {(isNot || depth > 0) && <Checkbox label={t('builder.not')} checked={isNot} onChange={onNot} />}
        {parts.map((part, index) => (
          <Part
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
            key={index}
            path={`${path}.${word}.${index}`}
            value={part}
            depth={depth + 1}
            onChange={(next) => put(parts.map((each, at) => (at === index ? next : each)))}
            onRemove={() => put(parts.filter((_, at) => at !== index))}
          />
        ))}
        <ButtonGroup>
          <Button onClick={() => put([...parts, firstLeaf()])}>{t('builder.add')}</Button>
          {depth < 2 ? (
            <Button onClick={() => put([...parts, { any: [firstLeaf()] }])}>{t('builder.addGroup')}</Button>
          ) : null}
        </ButtonGroup>
      </BlockStack>
    </Box>
  )
}

function LeafPart({ path, value, onChange, onRemove, isNot, onNot }: PartProps & Opposite) {
  const { t } = useTranslation('flows')
  return (
    <Box background="bg-surface-secondary" padding="300" borderRadius="200">
      <BlockStack gap="300">
        <SchemaForm node={leafForm} name="condition" path={path} value={value} onChange={onChange} />
        <InlineStack align="space-between" blockAlign="center">
          <Checkbox label={t('builder.not')} checked={isNot} onChange={onNot} />
          <Button variant="plain" tone="critical" onClick={onRemove}>
            {t('builder.remove')}
          </Button>
        </InlineStack>
      </BlockStack>
    </Box>
  )
}
