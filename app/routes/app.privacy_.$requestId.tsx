// The download of one person's data, piece by piece as it is unsealed.
import { Readable } from 'node:stream'
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node'

export async function loader({ request, params, context: { tern } }: LoaderFunctionArgs) {
  const { session } = await tern.shopify.authenticate.admin(request)
  const shop = await tern.directory.byDomain(session.shop)
  const requestId = /^\d{1,15}$/.test(params.requestId ?? '') ? Number(params.requestId) : null
  if (!shop || requestId === null) throw new Response('There is no such request', { status: 404 })
  const pieces = tern.readExport(shop.shopId, requestId)
  const first = await pieces.next()
  if (first.done) throw new Response('There is nothing to download (any more)', { status: 404 })
  tern.log.info({ shopId: shop.shopId, requestId }, 'data_request.downloaded')
  return new Response(createReadableStreamFromReadable(Readable.from(startingWith(first.value, pieces))), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="personal-data-${requestId}.json"`,
      'cache-control': 'no-store',
    },
  })
}

async function* startingWith(first: string, rest: AsyncIterable<string>) {
  yield first
  yield* rest
}
