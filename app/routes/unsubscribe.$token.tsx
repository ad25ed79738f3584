// The way out of a shop's mail. Looking changes nothing, because mail scanners look too; one POST unsubscribes (RFC 8058).
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { AddressName, ReaderButton, ReaderPage, ShopName } from '#app/ui/ReaderPage.tsx'
import { readerResponse, unknownLink } from './reader-response.server.tsx'

export async function loader({ params, context: { tern } }: LoaderFunctionArgs) {
  const reader = await tern.readers.find(params.token ?? '')
  if (!reader) return unknownLink()
  return readerResponse(
    <ReaderPage title={`Unsubscribe from ${reader.shopName}?`}>
      <p>
        <AddressName maskedEmail={reader.maskedEmail} /> will get no more marketing mail from{' '}
        <ShopName name={reader.shopName} url={reader.shopUrl} />. Mail about your orders still comes.
      </p>
      <ReaderButton action="unsubscribe">Unsubscribe</ReaderButton>
    </ReaderPage>,
  )
}

/** The body is not read: mail programs send `List-Unsubscribe=One-Click`, our own button its name; both mean the same. */
export async function action({ request, params, context: { tern } }: ActionFunctionArgs) {
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'GET, POST' } })
  const reader = await tern.readers.unsubscribe(params.token ?? '')
  if (!reader) return unknownLink()
  return readerResponse(
    <ReaderPage title="You are unsubscribed">
      <p>
        <AddressName maskedEmail={reader.maskedEmail} /> gets no more marketing mail from{' '}
        <ShopName name={reader.shopName} url={reader.shopUrl} />.
      </p>
      <p className="quiet-text">
        A mistake? <a href={`/preferences/${params.token}`}>Change your preferences</a>.
      </p>
    </ReaderPage>,
  )
}
