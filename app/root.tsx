// The document around every page of the admin.
import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError } from '@remix-run/react'
import { type ReactNode, useContext } from 'react'
import { ScriptNonce } from '#app/ui/script-nonce.ts'

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useContext(ScriptNonce)
  return (
    <html lang="en">
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
