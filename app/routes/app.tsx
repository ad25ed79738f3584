// The frame of the embedded app: the merchant is known, App Bridge is loaded, the menu stands.
import { type HeadersFunction, json, type LoaderFunctionArgs } from '@remix-run/node'
import { Link, Outlet, useLoaderData, useRouteError } from '@remix-run/react'
import { NavMenu } from '@shopify/app-bridge-react'
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url'
import { AppProvider } from '@shopify/shopify-app-remix/react'
import { boundary } from '@shopify/shopify-app-remix/server'

export const links = () => [{ rel: 'stylesheet', href: polarisStyles }]

export async function loader({ request, context: { tern } }: LoaderFunctionArgs) {
  await tern.shopify.authenticate.admin(request)
  return json({ apiKey: tern.env.SHOPIFY_API_KEY, appBridgeUrl: tern.appBridgeUrl })
}

export default function App() {
  const { apiKey, appBridgeUrl } = useLoaderData<typeof loader>()
  return (
    <AppProvider isEmbeddedApp apiKey={apiKey} {...(appBridgeUrl && { __APP_BRIDGE_URL: appBridgeUrl })}>
      <NavMenu>
        <Link to="/app" rel="home">
          Home
        </Link>
        <Link to="/app/privacy">Privacy</Link>
      </NavMenu>
      <Outlet />
    </AppProvider>
  )
}

/** Shopify's library answers by throwing responses; these two let them through. */
export function ErrorBoundary() {
  return boundary.error(useRouteError())
}

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs)
