// Preloaded with `node --import`: sends what the app says to Shopify's hosts to the stand-in instead.
//
// The wrapper is in place as soon as this module is loaded, because Shopify's library keeps the `fetch` that it finds
// when it is imported; where the calls go is decided at each call.

let target: URL | undefined

/** Sends calls for Shopify's hosts to the stand-in at `url` from now on; the answer undoes it. */
export function routeShopifyTo(url: string): () => void {
  const before = target
  target = new URL(url)
  return () => {
    target = before
  }
}

const directFetch = globalThis.fetch
globalThis.fetch = routedFetch
if (process.env.SANDBOX_SHOPIFY_URL) routeShopifyTo(process.env.SANDBOX_SHOPIFY_URL)

async function routedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const asked = new URL(input instanceof Request ? input.url : input)
  if (!target || asked.protocol !== 'https:' || !isShopifyHost(asked.hostname)) return directFetch(input, init)
  const request = new Request(input, init)
  const headers = new Headers(request.headers)
  headers.set('x-forwarded-host', asked.host)
  const body = request.body ? await request.arrayBuffer() : undefined
  const { method, redirect, signal } = request
  return directFetch(new URL(asked.pathname + asked.search, target), { method, headers, body, redirect, signal })
}

function isShopifyHost(hostname: string) {
  return hostname === 'admin.shopify.com' || hostname.endsWith('.myshopify.com')
}
