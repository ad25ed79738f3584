// What a page of the admin may run, and who may frame it (Content-Security-Policy).

const shopifyScripts = 'https://cdn.shopify.com'

export interface PagePolicy {
  /** The `frame-ancestors` that Shopify's library has set for the shop, or null without a shop. */
  framing: string | null
  /** What the page's own inline scripts carry; no other inline script runs. */
  nonce: string
  /** Where App Bridge is loaded from, when not from Shopify. */
  appBridgeUrl: string | undefined
}

/** Styles are free, because Polaris sets them inline; App Bridge talks to Shopify, so connections are free as well. */
export function contentPolicy({ framing, nonce, appBridgeUrl }: PagePolicy): string {
  const appBridge = appBridgeUrl ? new URL(appBridgeUrl).origin : shopifyScripts
  return [
    // Without a shop in the address nobody has a reason to frame the page.
    framing?.replace(/;\s*$/, '') ?? "frame-ancestors 'none'",
    `script-src 'self' 'nonce-${nonce}' ${appBridge}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ')
}
