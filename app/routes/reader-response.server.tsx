// Answers a mail's reader with a page of its own: nothing is loaded, framed, indexed, kept or passed on.
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { ReaderPage } from '#app/ui/ReaderPage.tsx'

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'cache-control': 'no-store',
}

export function readerResponse(page: ReactElement, status = 200): Response {
  return new Response(`<!doctype html>${renderToStaticMarkup(page)}`, { status, headers })
}

/** The same for every token that is not ours, so that nothing is learnt by trying. */
export function unknownLink(): Response {
  return readerResponse(
    <ReaderPage title="This link does not work">
      <p>It may have been cut off on its way. Open it again from the mail, or copy it whole.</p>
    </ReaderPage>,
    404,
  )
}

const mostBodyBytes = 4_000

/** The fields of a small form; none when the body is large or of unknown length: nobody of ours sends such. */
export async function readSmallForm(request: Request): Promise<URLSearchParams> {
  const length = Number(request.headers.get('content-length') ?? Number.POSITIVE_INFINITY)
  return new URLSearchParams(length <= mostBodyBytes ? await request.text() : '')
}
