// Products and variants as the Admin API shows them.
import type { Product, Variant } from '#sandbox/store/model.ts'
import type { Node } from '../node.ts'
import type { StoreView } from '../store-view.ts'
import { moneyNode, moneyScalar } from './money.ts'

export function productNode(view: StoreView, product: Product): Node {
  const { currency } = view.store.shop
  const prices = product.variants.map((variant) => variant.priceMinor)
  return {
    __typename: 'Product',
    id: `gid://shopify/Product/${product.id}`,
    legacyResourceId: product.id,
    handle: product.handle,
    title: product.title,
    description: '',
    descriptionHtml: '',
    vendor: product.vendor,
    productType: product.productType,
    status: 'ACTIVE',
    tags: product.tags,
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
    publishedAt: product.createdAt,
    isGiftCard: false,
    tracksInventory: true,
    totalInventory: () => product.variants.reduce((total, variant) => total + variant.inventory, 0),
    hasOnlyDefaultVariant: product.variants.length === 1,
    hasOutOfStockVariants: () => product.variants.some((variant) => variant.inventory <= 0),
    onlineStoreUrl: `${view.context.storefrontUrl}/products/${product.handle}`,
    featuredMedia: () => mediaNode(product),
    featuredImage: () => imageNode(product),
    priceRangeV2: () => ({
      minVariantPrice: moneyNode(Math.min(...prices), currency),
      maxVariantPrice: moneyNode(Math.max(...prices), currency),
    }),
    compareAtPriceRange: null,
    variants: () => product.variants.map((variant) => variantNode(view, product, variant)),
    variantsCount: { count: product.variants.length, precision: 'EXACT' },
    collections: [],
  }
}

export function variantNode(view: StoreView, product: Product, variant: Variant): Node {
  return {
    __typename: 'ProductVariant',
    id: `gid://shopify/ProductVariant/${variant.id}`,
    legacyResourceId: variant.id,
    title: variant.title,
    displayName: `${product.title} - ${variant.title}`,
    sku: variant.sku,
    price: moneyScalar(variant.priceMinor, view.store.shop.currency),
    compareAtPrice: null,
    availableForSale: variant.inventory > 0,
    inventoryQuantity: variant.inventory,
    sellableOnlineQuantity: variant.inventory,
    inventoryPolicy: 'DENY',
    selectedOptions: [{ name: 'Title', value: variant.title }],
    position: product.variants.indexOf(variant) + 1,
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
    product: () => view.product(product),
  }
}

export function imageNode(product: Product): Node | null {
  if (!product.imageUrl) return null
  return { url: product.imageUrl, src: product.imageUrl, altText: product.title, width: null, height: null }
}

function mediaNode(product: Product): Node | null {
  const image = imageNode(product)
  if (!image) return null
  return {
    __typename: 'MediaImage',
    id: `gid://shopify/MediaImage/${product.id}`,
    alt: product.title,
    image,
    status: 'READY',
    mediaContentType: 'IMAGE',
    preview: { image, status: 'READY' },
  }
}
