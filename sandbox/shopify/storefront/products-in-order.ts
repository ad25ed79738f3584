// What a product list shows, in the order that a link into the shop may ask for.
import type { Product, Store } from '#sandbox/store/model.ts'

/** Without a wish, in the order in which they came; postage and fees are no products to look at. */
export function productsInOrder(store: Store, sortBy: string | null): Product[] {
  const products = [...store.products.values()].filter(({ productType }) => productType !== 'Charges')
  if (sortBy === 'created-descending') return products.reverse()
  if (sortBy !== 'best-selling') return products
  const sold = soldQuantities(store)
  return products.sort((left, right) => (sold.get(right.id) ?? 0) - (sold.get(left.id) ?? 0))
}

function soldQuantities({ orders }: Store): Map<string, number> {
  const sold = new Map<string, number>()
  for (const { product, quantity } of [...orders.values()].flatMap(({ lines }) => lines))
    sold.set(product.id, (sold.get(product.id) ?? 0) + quantity)
  return sold
}
