// The connections that a query, or a bulk operation, may begin with.
import type { Listing } from './connection.ts'
import { type ListArguments, listCustomers, listOrders, listProducts } from './listings.ts'
import type { StoreView } from './store-view.ts'

export interface ListRoot {
  scope: string
  list(view: StoreView, args: ListArguments): Listing<unknown>
}

export const listRoots: Partial<Record<string, ListRoot>> = {
  customers: { scope: 'read_customers', list: listCustomers },
  orders: { scope: 'read_orders', list: listOrders },
  products: { scope: 'read_products', list: listProducts },
}
