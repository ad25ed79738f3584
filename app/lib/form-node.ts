// What a form needs to know of a zod schema: its fields, their choices and bounds, read from the schema's JSON Schema.
// A schema names a field of its own making by `.meta({ widget: '…' })`.
import { z } from 'zod'

export type FormNode =
  | { type: 'object'; fields: FormField[] }
  | { type: 'choice'; options: string[] }
  /** Decided by the variant that it stands in; there is nothing to ask. */
  | { type: 'fixed'; value: unknown }
  | { type: 'text' }
  | { type: 'number'; minimum: number; maximum: number }
  | { type: 'switch' }
  | { type: 'list'; item: FormNode; minimum: number; maximum: number }
  | { type: 'oneOf'; variants: Variant[] }
  | { type: 'widget'; widget: string }

export interface FormField {
  name: string
  node: FormNode
  isOptional: boolean
  /** What the schema fills in. */
  preset?: unknown
}

interface Variant {
  name: string
  node: FormNode
}

const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.looseObject({
    type: z.string().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.union([z.string(), z.number()])).optional(),
    widget: z.string().optional(),
    properties: z.record(z.string(), jsonSchema).optional(),
    required: z.array(z.string()).optional(),
    default: z.unknown().optional(),
    items: jsonSchema.optional(),
    anyOf: z.array(jsonSchema).optional(),
    oneOf: z.array(jsonSchema).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minItems: z.number().optional(),
    maxItems: z.number().optional(),
  }),
)

interface JsonSchema {
  type?: string | undefined
  const?: unknown
  enum?: (string | number)[] | undefined
  widget?: string | undefined
  properties?: Record<string, JsonSchema> | undefined
  required?: string[] | undefined
  default?: unknown
  items?: JsonSchema | undefined
  anyOf?: JsonSchema[] | undefined
  oneOf?: JsonSchema[] | undefined
  minimum?: number | undefined
  maximum?: number | undefined
  minItems?: number | undefined
  maxItems?: number | undefined
}

/** The form of what the schema accepts, before it fills anything in. */
export function formOf(schema: z.ZodType): FormNode {
  return nodeOf(jsonSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })))
}

function nodeOf(schema: JsonSchema): FormNode {
  const { type, properties, items, anyOf, oneOf } = schema
  if (schema.widget) return { type: 'widget', widget: schema.widget }
  if ('const' in schema) return { type: 'fixed', value: schema.const }
  if (schema.enum) return { type: 'choice', options: schema.enum.map(String) }
  if (anyOf ?? oneOf) return { type: 'oneOf', variants: (anyOf ?? oneOf ?? []).map(variantOf) }
  if (properties) return { type: 'object', fields: fieldsOf(schema, properties) }
  if (items)
    return { type: 'list', item: nodeOf(items), minimum: schema.minItems ?? 0, maximum: schema.maxItems ?? 1_000 }
  if (type === 'boolean') return { type: 'switch' }
  if (type === 'integer' || type === 'number')
    return { type: 'number', minimum: schema.minimum ?? 0, maximum: schema.maximum ?? Number.MAX_SAFE_INTEGER }
  return { type: 'text' }
}

function fieldsOf({ required = [] }: JsonSchema, properties: Record<string, JsonSchema>): FormField[] {
  return Object.entries(properties).map(([name, property]) => ({
    name,
    node: nodeOf(property),
    isOptional: !required.includes(name) && property.default === undefined,
    ...(property.default !== undefined && { preset: property.default }),
  }))
}

/** Called by its constant, like "last" of `{ kind: 'last' }`; by its first field where it has none. */
function variantOf(schema: JsonSchema): Variant {
  const entries = Object.entries(schema.properties ?? {})
  const marker = entries.find(([, property]) => 'const' in property)
  const name = 'const' in schema ? schema.const : marker ? marker[1].const : (entries[0]?.[0] ?? schema.type ?? 'value')
  return { name: String(name), node: nodeOf(schema) }
}

/** What stands in a form that nobody has filled in yet. */
export function blankOf(node: FormNode): unknown {
  switch (node.type) {
    case 'object':
      return Object.fromEntries(
        node.fields.flatMap(({ name, node: inner, isOptional, preset }) =>
          isOptional ? [] : [[name, preset ?? blankOf(inner)]],
        ),
      )
    case 'choice':
      return node.options[0]
    case 'fixed':
      return node.value
    case 'number':
      return Math.max(1, node.minimum)
    case 'switch':
      return false
    case 'list':
      return Array.from({ length: node.minimum }, () => blankOf(node.item))
    case 'oneOf':
      return node.variants[0] ? blankOf(node.variants[0].node) : null
    case 'text':
      return ''
    case 'widget':
      return widgetBlanks[node.widget] ?? ''
  }
}

const widgetBlanks: Record<string, unknown> = {
  duration: { days: 1 },
  condition: { all: [] },
  weekdays: [1],
  time: '09:00',
}

/** Which variant of a choice between shapes a value has: the first whose fixed parts it has, and whose fields it knows. */
export function variantIn(variants: readonly Variant[], value: unknown): number {
  const found = variants.findIndex(({ node }) => fits(node, value))
  return Math.max(0, found)
}

function fits(node: FormNode, value: unknown): boolean {
  switch (node.type) {
    case 'fixed':
      return node.value === value
    case 'object':
      return typeof value === 'object' && value !== null && fieldsFit(node.fields, value)
    case 'choice':
      return typeof value === 'string' && node.options.includes(value)
    case 'number':
      return typeof value === 'number'
    case 'switch':
      return typeof value === 'boolean'
    case 'text':
      return typeof value === 'string'
    default:
      return true
  }
}

function fieldsFit(fields: readonly FormField[], value: object): boolean {
  return fields.every(({ name, node, isOptional }) => {
    const inner: unknown = Reflect.get(value, name)
    if (node.type === 'fixed' || node.type === 'choice') return fits(node, inner)
    return isOptional || inner !== undefined
  })
}
