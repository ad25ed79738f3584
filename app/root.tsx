// The document around every page of the admin, in the merchant's language.
import { json, type LoaderFunctionArgs } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import { type ReactNode, useContext } from 'react'
import { readingOf } from '#app/ui/language.server.ts'
import { ScriptNonce } from '#app/ui/script-nonce.ts'

export const loader = async ({ request }: LoaderFunctionArgs) => json({ language: (await readingOf(request)).language })

/** A merchant's language does not change while the document stays. */
export const shouldRevalidate = () => false

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useContext(ScriptNonce)
  return (
    <html lang={useRouteLoaderData<typeof loader>('root')?.language ?? 'en'}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>Tern</title>
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

export function ErrorBoundary() {
  const error = useRouteError()
  const isMissing = isRouteErrorResponse(error) && error.status === 404
  return (
    <main style={{ font: '16px/1.5 system-ui, sans-serif', maxWidth: '36rem', margin: '4rem auto', padding: '0 1rem' }}>
      <h1 style={{ fontSize: '1.25rem' }}>{isMissing ? 'This page does not exist' : 'Something went wrong'}</h1>
      <p>
        {isMissing
          ? 'Open Tern from the Apps menu of your Shopify admin.'
          : 'Nothing was lost. Reload the page; if it happens again, write to us and tell us the time.'}
      </p>
    </main>
  )
}
