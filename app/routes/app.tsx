// The frame of the embedded app: the merchant is known, App Bridge is loaded, the menu stands.
import type { HeadersFunction } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Outlet,
  type ShouldRevalidateFunction,
  useLoaderData,
  useRouteError,
} from '@remix-run/react'
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url'
import polarisGerman from '@shopify/polaris/locales/de.json'
import { boundary } from '@shopify/shopify-app-remix/server'
import { Frame } from '#app/ui/Frame.tsx'
import { type FrameData, useFrameData } from '#app/ui/frame-data.ts'
import { ProblemPage } from '#app/ui/ProblemPage.tsx'
import { problemIn } from '#app/ui/problem-kind.ts'
import { pageLoader } from './page.server.ts'
import { found } from './problem.server.ts'

export const links = () => [{ rel: 'stylesheet', href: polarisStyles }]
export const handle = { i18n: 'common' }

export const loader = pageLoader(async ({ tern, shopId, domain, locale, language, withShop }): Promise<FrameData> => {
  const facts = await withShop(async (tx) => found((await tern.directory.byIds(tx, [shopId])).get(shopId)))
  return {
    apiKey: tern.env.SHOPIFY_API_KEY,
    appBridgeUrl: tern.appBridgeUrl ?? null,
    locale,
    shopName: facts.name || domain,
    shopDomain: domain,
    currency: facts.currency,
    timeZone: facts.timezone,
    polarisText: language === 'de' ? polarisGerman : null,
  }
})

/** The frame stays as it is while the merchant works: only pages read anew. */
export const shouldRevalidate: ShouldRevalidateFunction = () => false

export default function App() {
  return (
    <Frame data={useLoaderData<FrameData>()}>
      <Outlet />
    </Frame>
  )
}

/** Our own answers become a page in words; Shopify's library answers by throwing responses, which it renders itself. */
export function ErrorBoundary() {
  const error = useRouteError()
  const frame = useFrameData()
  const isShopifys = isRouteErrorResponse(error) && !problemIn(error.data) && typeof error.data === 'string'
  if (isShopifys || !frame) return boundary.error(error)
  return (
    <Frame data={frame}>
      <ProblemPage error={error} />
    </Frame>
  )
}

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs)
