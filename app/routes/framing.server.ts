// Who may frame a page. Shopify's library names the shop and the admin; the sandbox adds its own admin in development.

/** Adds `origins` to those that the headers' `frame-ancestors` name. */
export function allowFraming(headers: Headers, origins: readonly string[]): void {
  const policy = headers.get('content-security-policy')
  if (!policy || origins.length === 0) return
  headers.set('content-security-policy', policy.replace(/frame-ancestors /, `frame-ancestors ${origins.join(' ')} `))
}

/** Runs `authenticate`, whose way of answering is to throw a response, and lets `origins` frame that too. */
export async function framedBy<Result>(origins: readonly string[], authenticate: () => Promise<Result>) {
  try {
    return await authenticate()
  } catch (thrown) {
    if (!(thrown instanceof Response) || origins.length === 0) throw thrown
    const headers = new Headers(thrown.headers)
    allowFraming(headers, origins)
    throw new Response(thrown.body, { status: thrown.status, statusText: thrown.statusText, headers })
  }
}
