// A form made from a schema: one field for each thing that it lets a merchant say.
import { BlockStack, Button, Checkbox, InlineStack, Select, TextField } from '@shopify/polaris'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { blankOf, type FormField, type FormNode, variantIn } from '#app/lib/form-node.ts'
import { useFormSurroundings } from './form-context.ts'
import { useSay } from './use-say.ts'
import { WidgetField } from './WidgetField.tsx'

export interface FieldProps<Node extends FormNode = FormNode> {
  node: Node
  /** The field's name, under which the catalogue has its label. */
  name: string
  path: string
  value: unknown
  onChange(value: unknown): void
}

type Of<Type extends FormNode['type']> = FieldProps<Extract<FormNode, { type: Type }>>

export function SchemaForm(props: FieldProps): ReactNode {
  const { node } = props
  switch (node.type) {
    case 'fixed':
      return null
    case 'object':
      return <ObjectFields {...props} node={node} />
    case 'choice':
      return <ChoiceField {...props} node={node} />
    case 'oneOf':
      return <VariantField {...props} node={node} />
    case 'list':
      return <ListField {...props} node={node} />
    case 'number':
      return <NumberField {...props} node={node} />
    case 'switch':
      return <SwitchField {...props} />
    case 'text':
      return <PlainField {...props} />
    case 'widget':
      return <WidgetField {...props} node={node} />
  }
}

function ObjectFields({ node, path, value, onChange }: Of<'object'>) {
  const held: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {}
  return (
    <BlockStack gap="300">
      {node.fields.map((field) => (
        <SchemaForm
          key={field.name}
          node={field.node}
          name={field.name}
          path={join(path, field.name)}
          value={held[field.name] ?? field.preset}
          onChange={(next) => onChange(withField(held, field, next))}
        />
      ))}
    </BlockStack>
  )
}

function withField(held: Record<string, unknown>, { name, isOptional }: FormField, value: unknown) {
  const { [name]: _, ...others } = held
  return isOptional && value === undefined ? others : { ...held, [name]: value }
}

function ChoiceField({ node, name, path, value, onChange }: Of<'choice'>) {
  const { word } = useSay()
  const { errorOf } = useFormSurroundings()
  return (
    <Select
      label={word(`field.${name}`, name)}
      options={node.options.map((option) => ({
        value: option,
        label: word(`event.${option}`, word(`option.${option}`, option)),
      }))}
      value={String(value ?? '')}
      error={errorOf(path)}
      onChange={onChange}
    />
  )
}

/** First which, then what that one asks for. */
function VariantField({ node, name, path, value, onChange }: Of<'oneOf'>) {
  const { word } = useSay()
  const { errorOf } = useFormSurroundings()
  const chosen = variantIn(node.variants, value)
  const variant = node.variants[chosen]
  return (
    <BlockStack gap="300">
      <Select
        label={word(`field.${name}`, name)}
        options={node.variants.map((each, index) => ({
          value: String(index),
          label: word(`trigger.${each.name}`, word(`option.${each.name}`, each.name)),
        }))}
        value={String(chosen)}
        error={errorOf(path)}
        onChange={(index) => onChange(blankOf(node.variants[Number(index)]!.node))}
      />
      {variant && <SchemaForm node={variant.node} name={name} path={path} value={value} onChange={onChange} />}
    </BlockStack>
  )
}

function ListField(props: Of<'list'>) {
  const { node, name, path, value, onChange } = props
  const { t } = useTranslation('flows')
  const items = Array.isArray(value) ? value : []
  if (node.item.type === 'text') return <LinesField {...props} />
  const replaced = (at: number, next: unknown) => items.map((item: unknown, index) => (index === at ? next : item))
  return (
    <BlockStack gap="300">
      {items.map((item: unknown, index) => (
        // Items have no names of their own; their places are what they are known by.
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
        <BlockStack key={index} gap="200">
          <SchemaForm
            node={node.item}
            name={name}
            path={join(path, String(index))}
            value={item}
            onChange={(next) => onChange(replaced(index, next))}
          />
          {items.length > node.minimum && (
            <InlineStack>
              <Button variant="plain" onClick={() => onChange(items.filter((_, each) => each !== index))}>
                {t('field.removeItem')}
              </Button>
            </InlineStack>
          )}
        </BlockStack>
      ))}
      {items.length < node.maximum && (
        <InlineStack>
          <Button onClick={() => onChange([...items, copyOf(items.at(-1)) ?? blankOf(node.item)])}>
            {t('field.addItem')}
          </Button>
        </InlineStack>
      )}
    </BlockStack>
  )
}

/** A new way of a split leads where the last one does. */
const copyOf = (item: unknown): unknown =>
  typeof item === 'object' && item !== null && 'next' in item ? structuredClone(item) : undefined

function LinesField({ name, path, value, onChange }: Of<'list'>) {
  const { word } = useSay()
  const { errorOf } = useFormSurroundings()
  const text = Array.isArray(value) ? value.join('\n') : ''
  return (
    <TextField
      label={word(`field.${name}`, name)}
      autoComplete="off"
      multiline={3}
      value={text}
      error={errorOf(path)}
      onChange={(lines) => onChange(lines.split('\n'))}
    />
  )
}

function NumberField({ node, name, path, value, onChange }: Of<'number'>) {
  const { word } = useSay()
  const { errorOf } = useFormSurroundings()
  return (
    <TextField
      type="number"
      label={word(`field.${name}`, name)}
      autoComplete="off"
      min={node.minimum}
      max={node.maximum}
      value={value === undefined || value === null ? '' : String(value)}
      error={errorOf(path)}
      onChange={(text) => onChange(text === '' ? null : Number(text))}
    />
  )
}

function SwitchField({ name, path, value, onChange }: FieldProps) {
  const { word } = useSay()
  const { errorOf } = useFormSurroundings()
  return (
    <Checkbox label={word(`field.${name}`, name)} checked={value === true} error={errorOf(path)} onChange={onChange} />
  )
}

function PlainField({ name, path, value, onChange }: FieldProps) {
  const { word } = useSay()
  const { errorOf, flows } = useFormSurroundings()
  const label = word(`field.${name}`, name)
  if (name === 'flow')
    return (
      <Select
        label={label}
        options={[{ value: '', label: '–' }, ...flows.map(({ id, label }) => ({ value: id, label }))]}
        value={String(value ?? '')}
        error={errorOf(path)}
        onChange={onChange}
      />
    )
  return (
    <TextField label={label} autoComplete="off" value={String(value ?? '')} error={errorOf(path)} onChange={onChange} />
  )
}

const join = (path: string, name: string) => (path ? `${path}.${name}` : name)
