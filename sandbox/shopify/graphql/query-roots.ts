// The root fields of queries that the stand-in knows.
import type { BulkOperations } from '../bulk/bulk-operations.ts'
import { demandScope } from './access.ts'
import { connectionOf } from './connection.ts'
import { type ListRoot, listRoots } from './list-roots.ts'
import type { ListArguments } from './listings.ts'
import type { Node } from './node.ts'
import { variantNode } from './nodes/product.ts'
import { installationNode, shopNode } from './nodes/shop.ts'
import { checkedPage } from './resolve-field.ts'
import type { StoreView } from './store-view.ts'

/** What a query's root resolves from. */
export function queryRoots(view: StoreView, bulk: BulkOperations): Node {
  const byId = (args: { id: string }) => nodeById(view, args.id)
  return {
    shop: () => shopNode(view.context),
    currentAppInstallation: () => installationNode(view.context),
    customer: byId,
    order: byId,
    product: byId,
    productVariant: byId,
    node: byId,
    nodes: ({ ids }: { ids: string[] }) => ids.map((id) => nodeById(view, id)),
    webhookSubscriptions: [],
    bulkOperation: ({ id }: { id: string }) => bulk.find(id),
    bulkOperations: (args: ListArguments) => bulk.list(args),
    ...Object.fromEntries(Object.entries(listRoots).map(([name, root]) => [name, root && pagedRoot(view, name, root)])),
  }
}

/** The object that a gid names, or null. */
function nodeById(view: StoreView, gid: string): Node | null {
  const [, type, id = ''] = /^gid:\/\/shopify\/(\w+)\/(\d+)$/.exec(gid) ?? []
  const { store } = view
  if (type === 'Customer') return orNull(store.customers.get(id), view.customer)
  if (type === 'Order') return orNull(store.orders.get(id), view.order)
  if (type === 'Product') return orNull(store.products.get(id), view.product)
  if (type !== 'ProductVariant') return null
  for (const product of store.products.values()) {
    const variant = product.variants.find((candidate) => candidate.id === id)
    if (variant) return variantNode(view, product, variant)
  }
  return null
}

function pagedRoot(view: StoreView, name: string, root: ListRoot) {
  return (args: ListArguments) => {
    demandScope(view.context, root.scope, name)
    return connectionOf(root.list(view, args), checkedPage(args, name))
  }
}

function orNull<T>(item: T | undefined, toNode: (item: T) => Node): Node | null {
  return item ? toNode(item) : null
}
