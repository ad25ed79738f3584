// Sample data for preview and proof: what a shopper's mail would be filled with.
import { type TemplateVariables, type TemplateVariablesInput, templateVariablesSchema } from './variables.ts'

/** A shopper with a name and three products, as a merchant would like to see the preview. */
export const sampleVariables: TemplateVariables = templateVariablesSchema.parse(sampleInput())

/** The least that there can be: no name, one product, no picture. */
export const minimalSampleVariables: TemplateVariables = templateVariablesSchema.parse(minimalInput())

function sampleInput(): TemplateVariablesInput {
  const items = [
    item('Linen tea towel', { variant_title: 'Oatmeal', quantity: 2, price: '£9.50', line_price: '£19.00' }),
    item('Stoneware mug', { variant_title: 'Sea green / 300 ml', price: '£14.00', line_price: '£14.00' }),
    item('Beeswax candles, set of six', { price: '£12.75', line_price: '£12.75' }),
  ]
  const basket = { items, total: '£45.75', item_count: 4 }
  return {
    ...minimalInput(),
    profile: { first_name: 'Ada', last_name: 'Nwosu', email: 'ada@example.com' },
    checkout: { url: 'https://harbour-and-hearth.example/checkouts/recover?key=8f2c1d', ...basket },
    cart: { url: 'https://harbour-and-hearth.example/cart/c/Z2NwLWV1', ...basket },
    order: { name: '#1042', is_first: true, ...basket },
  }
}

function minimalInput(): TemplateVariablesInput {
  const items = [item('Stoneware mug', { price: '£14.00', line_price: '£14.00', image_url: null, url: null })]
  const basket = { items, total: '£14.00', item_count: 1 }
  return {
    shop: {
      name: 'Harbour & Hearth',
      url: 'https://harbour-and-hearth.example',
      address: 'Harbour & Hearth, 12 Quay Street, Falmouth TR11 3LH, United Kingdom',
      email: 'hello@harbour-and-hearth.example',
    },
    profile: { email: 'ada@example.com' },
    unsubscribe_url: 'https://mail.example.com/unsubscribe/v1.kX2f9?shop=1',
    preferences_url: 'https://mail.example.com/preferences/v1.kX2f9?shop=1',
    checkout: { url: 'https://harbour-and-hearth.example/checkouts/recover?key=8f2c1d', ...basket },
    cart: { url: 'https://harbour-and-hearth.example/cart/c/Z2NwLWV1', ...basket },
    order: { name: '#1042', is_first: true, ...basket },
    message: { is_marketing: true },
  }
}

type ItemInput = NonNullable<TemplateVariablesInput['order']>['items'][number]

function item(title: string, fields: Partial<ItemInput>): ItemInput {
  const handle = title.toLowerCase().replace(/[^a-z]+/g, '-')
  return {
    title,
    quantity: 1,
    image_url: `https://harbour-and-hearth.example/cdn/shop/files/${handle}.jpg`,
    url: `https://harbour-and-hearth.example/products/${handle}`,
    ...fields,
  }
}
