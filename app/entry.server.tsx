// Renders the admin's pages, with the headers that let Shopify, and nobody else, frame them.
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
import { allowFraming } from '#app/routes/framing.server.ts'

const abortAfterMs = 5_000

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { tern }: AppLoadContext,
): Promise<Response> {
  tern.shopify.addDocumentResponseHeaders(request, headers)
  if (tern.appBridgeUrl) headers.set('link', `<${tern.appBridgeUrl}>; rel="preload"; as="script"`)
  // Without a shop in the address nobody has a reason to frame the page.
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', "frame-ancestors 'none'")
  else allowFraming(headers, tern.frameAncestors)
  headers.set('content-type', 'text/html; charset=utf-8')
  // Bots get the page when it is whole; people get it as it comes.
  const readyEvent = isbot(request.headers.get('user-agent')) ? 'onAllReady' : 'onShellReady'
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(
      <RemixServer context={remixContext} url={request.url} abortDelay={abortAfterMs} />,
      {
        [readyEvent]() {
          const body = new PassThrough()
          resolve(new Response(createReadableStreamFromReadable(body), { status, headers }))
          pipe(body)
        },
        onShellError: reject,
        onError: (error) => tern.log.error({ error: messageOf(error) }, 'page.render_failed'),
      },
    )
    setTimeout(abort, abortAfterMs + 1_000)
  })
}

export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs) {
  if (request.signal.aborted) return
  context.tern.log.error({ path: new URL(request.url).pathname, error: messageOf(error) }, 'page.failed')
}

function messageOf(error: unknown) {
  return error instanceof Error ? error.message : String(error)
}
