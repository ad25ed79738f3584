// Lets the app's own calls carry a session token, and repeats a call once when the app finds the token too old.
import type { BridgeConfig } from './config.ts'
import { forgetIdToken, idToken } from './id-token.ts'

const retryHeader = 'X-Shopify-Retry-Invalid-Session-Request'
const reauthorizeHeader = 'X-Shopify-API-Request-Failure-Reauthorize-Url'

/** Replaces `window.fetch` for calls to the app itself. */
export function installFetch(config: BridgeConfig) {
  const plainFetch = window.fetch.bind(window)

  async function authenticated(request: Request): Promise<Response> {
    const headers = new Headers(request.headers)
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${await idToken()}`)
    if (!headers.has('accept-language')) headers.set('accept-language', config.locale)
    return plainFetch(new Request(request, { headers }))
  }

  window.fetch = async (input, init) => {
    const request = new Request(input, init)
    if (new URL(request.url).origin !== location.origin) return plainFetch(input, init)
    const again = request.clone()
    const response = await authenticated(request)
    const reauthorizeUrl = response.headers.get(reauthorizeHeader)
    if (reauthorizeUrl) open(reauthorizeUrl, '_top')
    if (!response.headers.has(retryHeader)) return response
    forgetIdToken()
    return authenticated(again)
  }
}
