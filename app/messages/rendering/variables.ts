// The data that every template may use: plain strings, already formatted for the reader, cleaned of what could do harm.
import { z } from 'zod'
import { oneLine } from './plain-line.ts'

/** A product as it stands in a basket or an order. */
export const itemSchema = z.object({
  title: line(160),
  variant_title: line(120).transform((title) => (title === 'Default Title' ? '' : title)),
  quantity: z.number().int().min(1),
  price: line(40),
  line_price: line(40),
  image_url: optionalUrl(),
  url: optionalUrl(),
})

const basketSchema = z.object({
  url: webUrl(),
  items: z.array(itemSchema),
  total: line(40),
  item_count: z.number().int().min(0),
})

const orderSchema = z.object({
  name: line(60),
  items: z.array(itemSchema),
  total: line(40),
  item_count: z.number().int().min(0),
  is_first: z.boolean(),
})

/** Parse once where the variables are put together; a missing text becomes '', a missing picture null. */
export const templateVariablesSchema = z.object({
  shop: z.object({
    name: line(100),
    url: webUrl().transform((url) => url.replace(/\/+$/, '')),
    /** The postal address, in one line. */
    address: line(300),
    email: z.email(),
  }),
  profile: z.object({ first_name: personName(), last_name: personName(), email: z.email() }),
  unsubscribe_url: webUrl(),
  preferences_url: webUrl(),
  checkout: basketSchema.optional(),
  cart: basketSchema.optional(),
  order: orderSchema.optional(),
  message: z.object({ is_marketing: z.boolean() }),
  /** The blocks that this reader is not shown. */
  hidden: z.record(z.string(), z.boolean()).default({}),
})

/** Before parsing: what the caller puts together. */
export type TemplateVariablesInput = z.input<typeof templateVariablesSchema>
/** After parsing: what a template is filled with. */
export type TemplateVariables = z.output<typeof templateVariablesSchema>

function line(maxLength: number) {
  return z
    .string()
    .nullish()
    .transform((text) => oneLine(text ?? '', maxLength))
}

// Sign-up bots put advertisements where a name belongs ("Win $900 at evil.example"), and mail clients turn
// them into links; then the greeting without a name is the better one.
function personName() {
  return z
    .string()
    .nullish()
    .transform((text) => {
      const name = oneLine(text ?? '', 1_000)
      return name.length > 60 || /[<>{}@/\\]|www\.|\.\p{L}{2,}/iu.test(name) ? '' : name
    })
}

function webUrl() {
  return z
    .string()
    .transform((url) => (url.startsWith('//') ? `https:${url}` : url))
    .pipe(z.url({ protocol: /^https?$/ }).max(2_000))
}

// A picture or a product link that is missing or broken must not cost the whole mail.
function optionalUrl() {
  return webUrl().nullish().transform(emptyAsNull).catch(null)
}

function emptyAsNull(url: string | null | undefined): string | null {
  return url ?? null
}
