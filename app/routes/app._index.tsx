// Home: is the shop connected, how far is the import, what do the flows do.
import { json, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Banner, BlockStack, Card, Layout, Page, Text } from '@shopify/polaris'
import { FlowStates } from '#app/ui/FlowStates.tsx'
import { ImportProgress } from '#app/ui/ImportProgress.tsx'
import type { Resources } from './context.server.ts'
import { readHome } from './home.server.ts'

export async function loader({ request, context: { tern } }: LoaderFunctionArgs) {
  const { session } = await tern.shopify.authenticate.admin(request)
  // On the first visit this loader may be ahead of the one that installs the shop: they run at the same time.
  const shop = (await tern.directory.byDomain(session.shop)) ?? (await installed(tern, session))
  if (!shop) throw new Response('This shop is not installed', { status: 404 })
  return json(await tern.withShop(shop.shopId, readHome))
}

async function installed({ install, directory }: Resources, session: { shop: string; scope?: string }) {
  await install({ domain: session.shop, scopes: session.scope ?? '' })
  return directory.byDomain(session.shop)
}

export default function Home() {
  const { shopName, hasSender, sync, flows } = useLoaderData<typeof loader>()
  return (
    <Page title="Home">
      <Layout>
        {!hasSender && (
          <Layout.Section>
            <Banner tone="warning" title="Nothing can be sent yet">
              <p>Tern needs the address that your mails come from and your postal address. Until then, flows wait.</p>
            </Banner>
          </Layout.Section>
        )}
        <Layout.Section>
          <Card>
            <BlockStack gap="400">
              <Text as="h2" variant="headingMd">
                Flows
              </Text>
              <FlowStates flows={flows} />
            </BlockStack>
          </Card>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <Card>
            <BlockStack gap="400">
              <Text as="h2" variant="headingMd">
                {shopName}
              </Text>
              <ImportProgress lines={sync} />
            </BlockStack>
          </Card>
        </Layout.Section>
      </Layout>
    </Page>
  )
}
