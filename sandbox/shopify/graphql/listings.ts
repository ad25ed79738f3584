// The lists that the Admin API can be asked for: what is in them, what they can be searched by, in which order they come.
import { GraphQLError } from 'graphql'
import type { Customer, Order, Product } from '#sandbox/store/model.ts'
import { comparePositions, type Listing, type PageArguments, type Position } from './connection.ts'
import type { Node } from './node.ts'
import { type Searchable, searchPredicate } from './search-query.ts'
import type { StoreView } from './store-view.ts'

export interface ListArguments extends PageArguments {
  query?: string | null
  sortKey?: string | null
  reverse?: boolean | null
}

type SortKeys<T> = Record<string, (item: T) => Date | string | number>

/** The customers that a query asks for, in its order. */
export function listCustomers(view: StoreView, args: ListArguments): Listing<Customer> {
  return listing(view.store.customers.values(), args, view.customer, customerSearch, customerSort)
}

/** The orders that a query asks for; without `read_all_orders` an app sees the last 60 days only. */
export function listOrders(view: StoreView, args: ListArguments): Listing<Order> {
  return listing(visibleOrders(view), args, view.order, orderSearch, orderSort)
}

export function listProducts(view: StoreView, args: ListArguments): Listing<Product> {
  return listing(view.store.products.values(), args, view.product, productSearch, productSort)
}

/** Sorts and filters any list by the arguments that all of Shopify's lists share. */
export function listing<T extends { id: string }>(
  all: Iterable<T>,
  args: ListArguments,
  toNode: (item: T) => Node,
  search: Searchable<T>,
  sortKeys: SortKeys<T>,
): Listing<T> {
  const read = sortKeys[args.sortKey ?? 'ID']
  if (!read) throw new GraphQLError(`The stand-in for Shopify cannot sort by ${args.sortKey}.`)
  const position = (item: T): Position => {
    const value = read(item)
    return [value instanceof Date ? value.getTime() : value, Number(item.id)]
  }
  const placed = [...all].filter(searchPredicate(args.query, search)).map((item) => ({ item, at: position(item) }))
  placed.sort((a, b) => comparePositions(a.at, b.at))
  return { items: placed.map(({ item }) => item), toNode, position, isReversed: args.reverse ?? false }
}

const sixtyDaysMs = 60 * 86_400_000

function visibleOrders({ context, store }: StoreView): Iterable<Order> {
  if (context.installation.scopes.includes('read_all_orders')) return store.orders.values()
  const oldest = context.clock.now().getTime() - sixtyDaysMs
  return [...store.orders.values()].filter((order) => order.createdAt.getTime() >= oldest)
}

const customerSearch: Searchable<Customer> = {
  id: (customer) => customer.id,
  email: (customer) => customer.email,
  tag: (customer) => customer.tags,
  country: (customer) => customer.countryCode,
  customer_date: (customer) => customer.createdAt,
  updated_at: (customer) => customer.updatedAt,
}

const orderSearch: Searchable<Order> = {
  id: (order) => order.id,
  name: (order) => order.name,
  email: (order) => order.email,
  customer_id: (order) => order.customer?.id ?? null,
  created_at: (order) => order.createdAt,
  processed_at: (order) => order.createdAt,
  updated_at: (order) => order.updatedAt,
}

const productSearch: Searchable<Product> = {
  id: (product) => product.id,
  handle: (product) => product.handle,
  title: (product) => product.title,
  vendor: (product) => product.vendor,
  product_type: (product) => product.productType,
  tag: (product) => product.tags,
  status: () => 'active',
  created_at: (product) => product.createdAt,
  updated_at: (product) => product.updatedAt,
}

const dates: SortKeys<{ id: string; createdAt: Date; updatedAt: Date }> = {
  ID: (item) => Number(item.id),
  CREATED_AT: (item) => item.createdAt,
  UPDATED_AT: (item) => item.updatedAt,
}

const customerSort: SortKeys<Customer> = { ...dates, NAME: (customer) => `${customer.lastName}, ${customer.firstName}` }
const orderSort: SortKeys<Order> = { ...dates, PROCESSED_AT: (order) => order.createdAt }
const productSort: SortKeys<Product> = {
  ...dates,
  TITLE: (product) => product.title,
  VENDOR: (product) => product.vendor,
}
