// The root fields of mutations that the stand-in knows; they change the store as the merchant's shop would be changed.
import type { Customer, Product } from '#sandbox/store/model.ts'
import type { BulkOperations } from '../bulk/bulk-operations.ts'
import { demandScope } from './access.ts'
import { updateConsent } from './consent-update.ts'
import type { Node } from './node.ts'
import type { StoreView } from './store-view.ts'

interface TagChange {
  id: string
  tags: string[]
}

/** What a mutation's root resolves from; `mode` is the mode of the token that the call was made with. */
export function mutationRoots(view: StoreView, bulk: BulkOperations, mode: 'offline' | 'online'): Node {
  return {
    bulkOperationRunQuery: ({ query, groupObjects }: { query: string; groupObjects: boolean }) => {
      if (mode === 'offline') return bulk.run(query, groupObjects)
      const message = 'Bulk operations need an offline access token.'
      return { bulkOperation: null, userErrors: [{ field: null, message, code: 'INVALID' }] }
    },
    bulkOperationCancel: ({ id }: { id: string }) => bulk.cancel(id),
    customerEmailMarketingConsentUpdate: ({ input }: { input: unknown }) => updateConsent(view, input),
    tagsAdd: ({ id, tags }: TagChange) =>
      changeTags(view, 'tagsAdd', id, (known) => [...new Set([...known, ...tags])].sort()),
    tagsRemove: ({ id, tags }: TagChange) =>
      changeTags(view, 'tagsRemove', id, (known) => known.filter((tag) => !tags.includes(tag))),
  }
}

function changeTags(view: StoreView, fieldName: string, gid: string, change: (tags: string[]) => string[]): Node {
  const { context, store } = view
  const [, type, id = ''] = /^gid:\/\/shopify\/(Customer|Product)\/(\d+)$/.exec(gid) ?? []
  const customer = type === 'Customer' ? store.customers.get(id) : undefined
  const product = type === 'Product' ? store.products.get(id) : undefined
  if (type) demandScope(context, type === 'Customer' ? 'write_customers' : 'write_products', fieldName)
  if (customer) {
    const { added, removed } = replaceTags(customer, change, context.clock.now())
    if (added.length + removed.length > 0) {
      context.inBackground(() => context.hooks.onTagsChanged?.({ customer, added, removed }))
    }
    return { node: view.customer(customer), userErrors: [] }
  }
  if (product) {
    replaceTags(product, change, context.clock.now())
    return { node: view.product(product), userErrors: [] }
  }
  return { node: null, userErrors: [{ field: ['id'], message: 'Resource does not exist' }] }
}

function replaceTags(owner: Customer | Product, change: (tags: string[]) => string[], now: Date) {
  const before = owner.tags
  const after = change(before)
  const added = after.filter((tag) => !before.includes(tag))
  const removed = before.filter((tag) => !after.includes(tag))
  if (added.length + removed.length > 0) {
    owner.tags = after
    owner.updatedAt = now
  }
  return { added, removed }
}
