// What Tern asks of Shopify's Admin API. Nodes that only pass through to the inbox are not taken apart here.
import { z } from 'zod'
import { operation, readDocument } from './operation.server.ts'

const userErrors = z.array(
  z.object({ field: z.array(z.string()).nullish(), message: z.string(), code: z.string().nullish() }),
)
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() })
/** A record as Shopify gives it; `updatedAt` tells its versions apart. */
const node = z.looseObject({ id: z.string(), updatedAt: z.string() })
const page = z.object({ nodes: z.array(node), pageInfo })
const lines = z.object({ nodes: z.array(z.looseObject({ id: z.string() })), pageInfo })
const order = node.extend({ lineItems: lines })

export type ShopifyNode = z.infer<typeof node>
export type OrderNode = z.infer<typeof order>

const bulkStatus = z.enum(['CREATED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELING', 'CANCELED', 'EXPIRED'])
const bulkOperation = z.object({
  id: z.string(),
  status: bulkStatus,
  errorCode: z.string().nullable(),
  objectCount: z.coerce.number(),
  rootObjectCount: z.coerce.number(),
  url: z.string().nullable(),
})

export const readShop = operation(
  'shop',
  z.object({
    shop: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      contactEmail: z.string(),
      ianaTimezone: z.string(),
      currencyCode: z.string(),
      primaryDomain: z.object({ url: z.string() }),
      shopAddress: z.object({
        address1: z.string().nullish(),
        address2: z.string().nullish(),
        city: z.string().nullish(),
        provinceCode: z.string().nullish(),
        zip: z.string().nullish(),
        country: z.string().nullish(),
        countryCodeV2: z.string().nullish(),
        company: z.string().nullish(),
      }),
    }),
  }),
)

export const runBulkQuery = operation(
  'bulk-run-query',
  z.object({
    bulkOperationRunQuery: z.object({
      bulkOperation: z.object({ id: z.string(), status: bulkStatus }).nullable(),
      userErrors,
    }),
  }),
)

export const readBulkOperation = operation('bulk-status', z.object({ bulkOperation: bulkOperation.nullable() }))

export const updateEmailConsent = operation(
  'customer-email-consent-update',
  z.object({
    customerEmailMarketingConsentUpdate: z.object({
      customer: z.object({ id: z.string() }).nullable(),
      userErrors,
    }),
  }),
)

const tagsAnswer = z.object({ userErrors: z.array(z.object({ message: z.string() })) }).nullable()
export const changeTagsInShopify = operation('tags-change', z.object({ tagsAdd: tagsAnswer, tagsRemove: tagsAnswer }))

export const customersUpdatedSince = operation('customers-updated-since', z.object({ customers: page }))
export const productsUpdatedSince = operation('products-updated-since', z.object({ products: page }))
export const ordersUpdatedSince = operation(
  'orders-updated-since',
  z.object({ orders: page.extend({ nodes: z.array(order) }) }),
)
export const readOrderLines = operation('order-lines', z.object({ order: z.object({ lineItems: lines }).nullable() }))

/** The queries that bulk operations are started with. */
export const bulkQueries = {
  customers: readDocument('bulk-customers'),
  products: readDocument('bulk-products'),
  orders: readDocument('bulk-orders'),
}
