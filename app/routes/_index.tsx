// The bare address: a merchant who comes with a shop goes on to the app, anybody else is told where Tern lives.
import { type LoaderFunctionArgs, redirect } from '@remix-run/node'

export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  if (searchParams.get('shop')) throw redirect(`/app?${searchParams}`)
  throw new Response('Not found', { status: 404 })
}
