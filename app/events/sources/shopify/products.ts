// products/create and products/update: what the shop sells. Of more than 100 variants Shopify sends the first 100.
import { z } from 'zod'
import type { Observation, VariantState } from '#app/events/observation.ts'
import {
  gidOf,
  listOf,
  minorOf,
  optionalAmount,
  optionalTime,
  recordId,
  stock,
  text,
  titleText,
} from '#app/events/sources/fields.ts'
import { topic } from '#app/events/sources/topic.ts'

const variant = z.object({
  ...recordId('ProductVariant'),
  title: titleText,
  sku: text,
  price: optionalAmount,
  compare_at_price: optionalAmount,
  inventory_quantity: stock,
})

const picture = z.object({ src: text }).nullish().catch(null)

const product = z.object({
  ...recordId('Product'),
  title: titleText,
  handle: text,
  product_type: text,
  vendor: text,
  status: text,
  tags: z.union([z.string(), z.array(z.string())]).nullish(),
  image: picture,
  images: listOf(picture),
  variants: listOf(variant),
  variant_gids: z.array(z.unknown()).nullish(),
  updated_at: optionalTime,
})

export const products = topic(product, (payload, told): Observation => {
  const allVariants = payload.variant_gids?.length ?? payload.variants.length
  return {
    product: {
      productId: gidOf(payload),
      title: payload.title,
      handle: payload.handle,
      imageUrl: payload.image?.src ?? payload.images[0]?.src ?? null,
      productType: payload.product_type || null,
      vendor: payload.vendor,
      tags: tagList(payload.tags ?? ''),
      status: payload.status?.toLowerCase() ?? 'active',
      variants: payload.variants.map((variant) => variantState(variant, told.currency)),
      variantsComplete: payload.variants.length >= allVariants,
      updatedAt: payload.updated_at ?? told.at,
    },
    events: [],
  }
})

function variantState(fields: z.infer<typeof variant>, currency: string): VariantState {
  const { price, compare_at_price: compareAt } = fields
  return {
    variantId: gidOf(fields),
    title: fields.title,
    sku: fields.sku,
    priceMinor: price === null ? 0 : minorOf(price, currency),
    compareAtMinor: compareAt === null ? null : minorOf(compareAt, currency),
    stock: fields.inventory_quantity,
  }
}

function tagList(tags: string | string[]) {
  const list = typeof tags === 'string' ? tags.split(',') : tags
  return list.map((tag) => tag.trim()).filter((tag) => tag !== '')
}
