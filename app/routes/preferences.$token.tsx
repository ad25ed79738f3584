// What a reader gets from a shop, and the two ways to change it.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { AddressName, ReaderButton, ReaderPage, ShopName } from '#app/ui/ReaderPage.tsx'
import type { Reader } from './context.server.ts'
import { readerResponse, unknownLink } from './reader-response.server.tsx'

export async function loader({ params, context: { tern } }: LoaderFunctionArgs) {
  return preferences(await tern.readers.find(params.token ?? ''))
}

export async function action({ request, params, context: { tern } }: ActionFunctionArgs) {
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'GET, POST' } })
  const token = params.token ?? ''
  const asked = (await request.formData()).get('action')
  if (asked === 'resubscribe') return preferences(await tern.readers.resubscribe(token))
  if (asked === 'unsubscribe') return preferences(await tern.readers.unsubscribe(token))
  return preferences(await tern.readers.find(token))
}

function preferences(reader: Reader | null): Response {
  if (!reader) return unknownLink()
  const { shopName, shopUrl, maskedEmail, isSubscribed } = reader
  return readerResponse(
    <ReaderPage title={`Your mail from ${shopName}`}>
      <p>
        <AddressName maskedEmail={maskedEmail} /> {isSubscribed ? 'gets' : 'does not get'} marketing mail from{' '}
        <ShopName name={shopName} url={shopUrl} />. Mail about your orders comes either way.
      </p>
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
