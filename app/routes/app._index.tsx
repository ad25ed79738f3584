// Home: is the shop connected, how far is the import, what do the flows do.
import { useLoaderData } from '@remix-run/react'
import { Banner, BlockStack, Card, Layout, Page, Text } from '@shopify/polaris'
import { FlowStates } from '#app/ui/FlowStates.tsx'
import { ImportProgress } from '#app/ui/ImportProgress.tsx'
import { readHome } from './home.server.ts'
import { pageLoader } from './page.server.ts'

export const handle = { i18n: 'home' }

export const loader = pageLoader(({ withShop }) => withShop(readHome))

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
