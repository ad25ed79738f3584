// The pages of Shopify's library through which an embedded session is begun or renewed.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { framedBy } from './framing.server.ts'

export async function loader({ request, context: { tern } }: LoaderFunctionArgs) {
  await framedBy(tern.frameAncestors, () => tern.shopify.authenticate.admin(request))
  return null
}
