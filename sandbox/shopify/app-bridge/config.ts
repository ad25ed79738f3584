// Which shop and app this is: from the address and the script tag, kept for pages that are opened without parameters.

export interface BridgeConfig {
  apiKey: string
  shop: string
  host: string
  locale: string
  appOrigins: string[]
  disabledFeatures: string[]
  debug: object
}

const storageKey = 'app-bridge-stand-in'

/** Reads the configuration; call while the script tag is the current script. */
export function readConfig(): BridgeConfig {
  const query = new URLSearchParams(location.search)
  const kept = new URLSearchParams(sessionStorage.getItem(storageKey) ?? '')
  const parameter = (name: string) => query.get(name) ?? kept.get(name) ?? ''
  const shop = parameter('shop')
  const host = parameter('host')
  const locale = parameter('locale') || 'en'
  sessionStorage.setItem(storageKey, new URLSearchParams({ shop, host, locale }).toString())
  return { apiKey: apiKey(), shop, host, locale, appOrigins: [], disabledFeatures: [], debug: {} }
}

function apiKey(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="shopify-api-key"]')
  return meta?.content ?? document.querySelector<HTMLScriptElement>('script[data-api-key]')?.dataset.apiKey ?? ''
}
