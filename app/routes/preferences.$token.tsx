// What a reader gets from a shop, and the two ways to change it.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import type { Reader } from '#app/messages/unsubscribe.server.ts'
import { AddressName, ReaderButton, ReaderPage } from '#app/ui/ReaderPage.tsx'
import { readerResponse, readSmallForm, unknownLink } from './reader-response.server.tsx'

export async function loader({ params, context: { tern } }: LoaderFunctionArgs) {
  return preferences(await tern.readers.find(params.token ?? ''))
}

export async function action({ request, params, context: { tern } }: ActionFunctionArgs) {
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'GET, POST' } })
  const token = params.token ?? ''
  const asked = (await readSmallForm(request)).get('action')
  if (asked === 'resubscribe') return preferences(await tern.readers.resubscribe(token, 'Subscribe again'))
  if (asked === 'unsubscribe') return preferences(await tern.readers.unsubscribe(token, 'Unsubscribe'))
  return preferences(await tern.readers.find(token))
}

function preferences(reader: Reader | null): Response {
  if (!reader) return unknownLink()
  const { shopName, maskedEmail, state, isUnreachable } = reader
  const isSubscribed = state === 'subscribed'
  return readerResponse(
    <ReaderPage title={`Your mail from ${shopName}`}>
      <p>
        <AddressName maskedEmail={maskedEmail} /> {isSubscribed ? 'gets' : 'does not get'} marketing mail from{' '}
        {shopName}. Mail about your orders comes either way.
      </p>
      {isUnreachable && <p>Mail to this address came back or was reported, so nothing can be sent to it at present.</p>}
      {isSubscribed ? (
        <ReaderButton action="unsubscribe">Unsubscribe</ReaderButton>
      ) : (
        <ReaderButton action="resubscribe" isQuiet>
          Subscribe again
        </ReaderButton>
      )}
    </ReaderPage>,
  )
}
