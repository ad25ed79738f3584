// Renders the admin's pages, with the headers that let Shopify, and nobody else, frame them.
import { randomBytes } from 'node:crypto'
import { PassThrough } from 'node:stream'
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
  type LoaderFunctionArgs,
} from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { errorInWords } from '#app/lib/discreet.ts'
import { contentPolicy } from '#app/routes/content-policy.server.ts'
import { allowFraming } from '#app/routes/framing.server.ts'
import { readingOf, textsForPage } from '#app/ui/language.server.ts'
import { ScriptNonce } from '#app/ui/script-nonce.ts'

const abortAfterMs = 5_000

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { tern }: AppLoadContext,
): Promise<Response> {
  tern.shopify.addDocumentResponseHeaders(request, headers)
  if (tern.appBridgeUrl) headers.set('link', `<${tern.appBridgeUrl}>; rel="preload"; as="script"`)
  allowFraming(headers, tern.frameAncestors)
  const nonce = randomBytes(16).toString('base64')
  const framing = headers.get('content-security-policy')
  headers.set('content-security-policy', contentPolicy({ framing, nonce, appBridgeUrl: tern.appBridgeUrl }))
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.set('x-content-type-options', 'nosniff')
  const texts = await textsForPage(remixContext, (await readingOf(request)).language)
  // Bots get the page when it is whole; people get it as it comes.
  const readyEvent = isbot(request.headers.get('user-agent')) ? 'onAllReady' : 'onShellReady'
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(
      <ScriptNonce.Provider value={nonce}>
        <I18nextProvider i18n={texts}>
          <RemixServer context={remixContext} url={request.url} abortDelay={abortAfterMs} nonce={nonce} />
        </I18nextProvider>
      </ScriptNonce.Provider>,
      {
        nonce,
        [readyEvent]() {
          const body = new PassThrough()
          resolve(new Response(createReadableStreamFromReadable(body), { status, headers }))
          pipe(body)
        },
        onShellError: reject,
        onError: (error) => tern.log.error({ error: errorInWords(error) }, 'page.render_failed'),
      },
    )
    setTimeout(abort, abortAfterMs + 1_000)
  })
}

export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs) {
  if (request.signal.aborted) return
  context.tern.log.error({ path: placeOf(request.url), error: errorInWords(error) }, 'page.failed')
}

/** The path without what is as long as a token: the links in mails act for whoever has them. */
function placeOf(url: string): string {
  return new URL(url).pathname.replace(/[^/]{24,}/g, ':long')
}
