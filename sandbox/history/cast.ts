// Who and what appears in a shop's life: products, customers and order lines with ids that no option can shift.
import type { Customer, Line, Product, Store } from '#sandbox/store/model.ts'
import { findCountryCode } from './country-codes.ts'
import { emailOf, type HistoryLine } from './history.ts'
import { personName } from './person-name.ts'

export interface CastOptions {
  seed: string
  /** Title by stock code; a product without one is called by its code. */
  productTitles: ReadonlyMap<string, string>
  /** Where the shop's pages and product pictures are, without a slash at the end. */
  baseUrl: string
}

/** The members are made when the history first names them; they enter the store when they first appear in the story. */
export interface Cast {
  customer(name: string, country: string): Customer
  line(bought: HistoryLine): Line
  nextId(kind: IdKind): string
}

// Thirteen digits like Shopify's ids of today, each kind in a range of its own.
const FIRST_IDS = {
  product: 4_100_000_000_001,
  variant: 4_200_000_000_001,
  customer: 4_300_000_000_001,
  order: 4_400_000_000_001,
  line: 4_500_000_000_001,
  refund: 4_600_000_000_001,
  fulfillment: 4_700_000_000_001,
}

type IdKind = keyof typeof FIRST_IDS

const CHARGE_CODES = new Set([
  'AMAZONFEE',
  'B',
  'BANK CHARGES',
  'C2',
  'CRUK',
  'D',
  'DOT',
  'M',
  'PADS',
  'POST',
  'S',
  'm',
])

const UNSEEN = new Date(0)

export function createCast(store: Store, options: CastOptions): Cast {
  const products = new Map<string, Product>()
  const customers = new Map<string, Customer>()
  const lastIds = { ...FIRST_IDS }
  const nextId = (kind: IdKind) => String(lastIds[kind]++)
  return {
    nextId,
    customer(name, country) {
      const known = customers.get(name)
      if (known !== undefined) return known
      const countryCode = findCountryCode(country) ?? store.shop.countryCode
      const customer = createCustomer(nextId('customer'), emailOf(name), {
        ...personName(options.seed, name),
        countryCode,
        locale: store.shop.locale,
      })
      customers.set(name, customer)
      return customer
    },
    line({ stockCode, quantity, unitPriceMinor, lineMinor }) {
      const product =
        products.get(stockCode) ??
        createProduct(store, options, {
          id: nextId('product'),
          variantId: nextId('variant'),
          stockCode,
          priceMinor: unitPriceMinor,
        })
      products.set(stockCode, product)
      const line = { id: nextId('line'), product, variant: product.variants[0]!, quantity, priceMinor: unitPriceMinor }
      return lineMinor === quantity * unitPriceMinor ? line : { ...line, totalMinor: lineMinor }
    },
  }
}

type Person = Pick<Customer, 'firstName' | 'lastName' | 'countryCode' | 'locale'>

function createCustomer(id: string, email: string, person: Person): Customer {
  return {
    id,
    email,
    phone: null,
    ...person,
    tags: [],
    consent: { state: 'not_subscribed', optInLevel: null, updatedAt: null },
    createdAt: UNSEEN,
    updatedAt: UNSEEN,
  }
}

interface ProductFacts {
  id: string
  variantId: string
  stockCode: string
  priceMinor: number
}

function createProduct(store: Store, { productTitles, baseUrl }: CastOptions, facts: ProductFacts): Product {
  const { id, variantId, stockCode, priceMinor } = facts
  const title = productTitles.get(stockCode) ?? stockCode
  return {
    id,
    handle: `${slug(title)}-${id.slice(-5)}`,
    title,
    productType: CHARGE_CODES.has(stockCode) ? 'Charges' : 'Gifts',
    vendor: store.shop.name,
    tags: [],
    imageUrl: `${baseUrl}/storefront/images/${id}.svg`,
    variants: [{ id: variantId, title: 'Default Title', sku: stockCode, priceMinor, inventory: 1000 }],
    createdAt: UNSEEN,
    updatedAt: UNSEEN,
  }
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
