// Makes an operation's view of the store; apart from its type, because the objects that it makes ask it for others.
import type { Order, Store } from '#sandbox/store/model.ts'
import type { ShopifyContext } from '../context.ts'
import { customerNode } from './nodes/customer.ts'
import { orderNode } from './nodes/order.ts'
import { productNode } from './nodes/product.ts'
import type { StoreView } from './store-view.ts'

/** Looks at the store as it is now; make one per operation. */
export function viewStore(context: ShopifyContext): StoreView {
  let ordersByCustomer: Map<string, Order[]> | undefined
  const view: StoreView = {
    context,
    store: context.store,
    ordersOf(customerId) {
      ordersByCustomer ??= groupByCustomer(context.store)
      return ordersByCustomer.get(customerId) ?? []
    },
    customer: (customer) => customerNode(view, customer),
    order: (order) => orderNode(view, order),
    product: (product) => productNode(view, product),
  }
  return view
}

function groupByCustomer(store: Store): Map<string, Order[]> {
  const grouped = new Map<string, Order[]>()
  for (const order of store.orders.values()) {
    if (!order.customer) continue
    const known = grouped.get(order.customer.id)
    if (known) known.push(order)
    else grouped.set(order.customer.id, [order])
  }
  for (const orders of grouped.values()) orders.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
  return grouped
}
