// One operation's view of the store: look-ups that several fields need, and the objects made of the store's things.
import type { Customer, Order, Product, Store } from '#sandbox/store/model.ts'
import type { ShopifyContext } from '../context.ts'
import type { Node } from './node.ts'

export interface StoreView {
  context: ShopifyContext
  store: Store
  /** A customer's orders, oldest first. */
  ordersOf(customerId: string): Order[]
  customer(customer: Customer): Node
  order(order: Order): Node
  product(product: Product): Node
}
