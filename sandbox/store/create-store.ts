// A stand-in shop before anything has happened in it.
import type { Shop, Store } from './model.ts'

export function createStore(shop: Shop): Store {
  return {
    shop,
    products: new Map(),
    customers: new Map(),
    carts: new Map(),
    checkouts: new Map(),
    orders: new Map(),
  }
}
