// A product as the Admin API tells it, with its variants and the collections that it is in.
import { z } from 'zod'
import type { Observation } from '#app/events/observation.ts'
import {
  amount,
  id,
  minorOf,
  optionalAmount,
  optionalTime,
  stock,
  text,
  titleText,
} from '#app/events/sources/fields.ts'
import { topic } from '#app/events/sources/topic.ts'
import { connection, syncRow } from './graphql-fields.ts'

const variant = z.object({
  id: id('ProductVariant'),
  title: titleText,
  sku: text,
  price: amount,
  compareAtPrice: optionalAmount,
  inventoryQuantity: stock,
})

const product = z.object({
  id: id('Product'),
  title: titleText,
  handle: text,
  productType: text,
  vendor: text,
  status: text,
  tags: z.array(z.string()).nullish(),
  updatedAt: optionalTime,
  featuredMedia: z
    .object({ preview: z.object({ image: z.object({ url: text }).nullish() }).nullish() })
    .nullish()
    .catch(null),
  variants: connection(variant),
  /** Says whether the answer holds every variant; a bulk export does. */
  variantsCount: z.object({ count: z.int() }).nullish(),
  collections: z.union([z.undefined(), connection(z.object({ id: id('Collection') }))]),
})

export const products = topic(syncRow(product), ({ historic, node }, told): Observation => {
  const collectionIds = node.collections?.map((collection) => collection.id)
  return {
    historic,
    product: {
      productId: node.id,
      title: node.title,
      handle: node.handle,
      imageUrl: node.featuredMedia?.preview?.image?.url ?? null,
      productType: node.productType || null,
      vendor: node.vendor,
      tags: node.tags ?? [],
      status: node.status?.toLowerCase() ?? 'active',
      variants: node.variants.map((variant) => ({
        variantId: variant.id,
        title: variant.title,
        sku: variant.sku,
        priceMinor: minorOf(variant.price, told.currency),
        compareAtMinor: variant.compareAtPrice === null ? null : minorOf(variant.compareAtPrice, told.currency),
        stock: variant.inventoryQuantity,
      })),
      variantsComplete: node.variants.length >= (node.variantsCount?.count ?? 0),
      ...(collectionIds && { collectionIds }),
      updatedAt: node.updatedAt ?? told.at,
    },
    events: [],
  }
})
