// Product webhooks, with all variants; the sandbox's products never have the hundred from which Shopify stops listing.
import type { Product, Shop, Variant } from '../model.ts'
import { decimal, gid, jsonId, shopTime } from './json.ts'

/** products/create and products/update. */
export function productPayload(shop: Shop, product: Product) {
  const createdAt = shopTime(product.createdAt, shop.timezone)
  const updatedAt = shopTime(product.updatedAt, shop.timezone)
  const image = productImage(product, createdAt, updatedAt)
  return {
    admin_graphql_api_id: gid('Product', product.id),
    body_html: product.title,
    created_at: createdAt,
    handle: product.handle,
    id: jsonId(product.id),
    product_type: product.productType,
    published_at: createdAt,
    template_suffix: null,
    title: product.title,
    updated_at: updatedAt,
    vendor: product.vendor,
    status: 'active',
    published_scope: 'web',
    tags: product.tags.join(', '),
    variants: product.variants.map((_, index) => productVariant(shop, product, index)),
    options: [
      {
        name: 'Title',
        id: jsonId(product.id),
        product_id: jsonId(product.id),
        position: 1,
        values: product.variants.map((variant) => variant.title),
      },
    ],
    images: [image],
    image,
    media: [],
    variant_gids: product.variants.map((variant) => variantGid(variant, updatedAt)),
    has_variants_that_requires_components: false,
    category: null,
  }
}

/** products/delete. */
export function deletedProductPayload(productId: string) {
  return { id: jsonId(productId) }
}

function productVariant(shop: Shop, product: Product, index: number) {
  const variant = product.variants[index]!
  return {
    admin_graphql_api_id: gid('ProductVariant', variant.id),
    barcode: null,
    compare_at_price: null,
    created_at: shopTime(product.createdAt, shop.timezone),
    id: jsonId(variant.id),
    inventory_policy: 'deny',
    position: index + 1,
    price: decimal(variant.priceMinor, shop.currency),
    product_id: jsonId(product.id),
    sku: variant.sku,
    taxable: true,
    title: variant.title,
    updated_at: shopTime(product.updatedAt, shop.timezone),
    option1: variant.title,
    option2: null,
    option3: null,
    image_id: null,
    inventory_item_id: jsonId(variant.id),
    inventory_quantity: variant.inventory,
    old_inventory_quantity: variant.inventory,
  }
}

function variantGid(variant: Variant, updatedAt: string) {
  return { admin_graphql_api_id: gid('ProductVariant', variant.id), updated_at: updatedAt }
}

function productImage(product: Product, createdAt: string, updatedAt: string) {
  return {
    id: jsonId(product.id),
    alt: product.title,
    position: 1,
    product_id: jsonId(product.id),
    created_at: createdAt,
    updated_at: updatedAt,
    admin_graphql_api_id: gid('ProductImage', product.id),
    width: 600,
    height: 600,
    src: product.imageUrl,
    variant_ids: [],
  }
}
