// The way out of a shop's mail. Looking changes nothing, because mail scanners look too; one POST unsubscribes (RFC 8058).
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { AddressName, ReaderButton, ReaderPage } from '#app/ui/ReaderPage.tsx'
import { readerResponse, readSmallForm, unknownLink } from './reader-response.server.tsx'

export async function loader({ params, context: { tern } }: LoaderFunctionArgs) {
  const reader = await tern.readers.find(params.token ?? '')
  if (!reader) return unknownLink()
  return readerResponse(
    <ReaderPage title={`Unsubscribe from ${reader.shopName}?`}>
      <p>
        <AddressName maskedEmail={reader.maskedEmail} /> will get no more marketing mail from {reader.shopName}. Mail
        about your orders still comes.
      </p>
      <ReaderButton action="unsubscribe">Unsubscribe</ReaderButton>
    </ReaderPage>,
  )
}

/** The body says only who acts: a mail program sends `List-Unsubscribe=One-Click`, our page its button's name. */
export async function action({ request, params, context: { tern } }: ActionFunctionArgs) {
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'GET, POST' } })
  const isOurButton = (await readSmallForm(request)).get('action') === 'unsubscribe'
  const wording = isOurButton ? 'Unsubscribe' : 'List-Unsubscribe=One-Click'
  const reader = await tern.readers.unsubscribe(params.token ?? '', wording)
  if (!reader) return unknownLink()
  return readerResponse(
    <ReaderPage title="You are unsubscribed">
      <p>
        <AddressName maskedEmail={reader.maskedEmail} /> gets no more marketing mail from {reader.shopName}.
      </p>
      <p className="quiet-text">
        A mistake? <a href={`/preferences/${params.token}`}>Change your preferences</a>.
      </p>
    </ReaderPage>,
  )
}
