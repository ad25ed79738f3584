import { readdirSync, readFileSync } from 'node:fs'
import { NoDeprecatedCustomRule, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { requestedCost, singleQueryMaxCost } from '#sandbox/shopify/graphql/cost.ts'
import { adminSchema } from '#sandbox/shopify/graphql/schema.ts'

const folder = new URL('documents/', import.meta.url)
const documents = readdirSync(folder).map((name) => [name, parse(readFileSync(new URL(name, folder), 'utf8'))] as const)

test.each(documents)('%s fits the 2026-10 schema and uses nothing deprecated', (_name, document) => {
  expect(validate(adminSchema(), document)).toEqual([])
  expect(validate(adminSchema(), document, [NoDeprecatedCustomRule])).toEqual([])
})

test.each(documents)('%s costs no more than Shopify allows for one call', (_name, document) => {
  const input = { customerId: 'x', emailMarketingConsent: {} }
  const variables = { query: '', id: 'gid://shopify/Order/1', input, add: ['a'], remove: ['b'] }
  expect(requestedCost(adminSchema(), document, variables)).toBeLessThanOrEqual(singleQueryMaxCost)
})
