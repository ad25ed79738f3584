// Which scope a root field needs, and Shopify's refusal when the app was not granted it.
import { GraphQLError } from 'graphql'
import type { ShopifyContext } from '../context.ts'

/** Throws Shopify's ACCESS_DENIED unless the scope, or its write form, was granted. */
export function demandScope(context: ShopifyContext, scope: string, fieldName: string) {
  if (hasScope(context, scope)) return
  const requiredAccess = `\`${scope}\` access scope.`
  throw new GraphQLError(`Access denied for ${fieldName} field. Required access: ${requiredAccess}`, {
    extensions: { code: 'ACCESS_DENIED', documentation: 'https://shopify.dev/api/usage/access-scopes', requiredAccess },
  })
}

/** Whether the scope was granted, itself or by its write form. */
export function hasScope({ installation: { scopes } }: ShopifyContext, scope: string): boolean {
  return scopes.includes(scope) || scopes.includes(scope.replace(/^read_/, 'write_'))
}
