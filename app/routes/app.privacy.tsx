// Privacy: who asked for their data or to be forgotten, and what Tern did; data is downloaded here.
import { json, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Badge, Card, IndexTable, Page, Text } from '@shopify/polaris'
import { DownloadButton } from '#app/ui/DownloadButton.tsx'
import { listPrivacyRequests } from './privacy.server.ts'

export async function loader({ request, context: { tern } }: LoaderFunctionArgs) {
  const { session } = await tern.shopify.authenticate.admin(request)
  const shop = await tern.directory.byDomain(session.shop)
  if (!shop) throw new Response('This shop is not installed', { status: 404 })
  return json({ requests: await tern.withShop(shop.shopId, listPrivacyRequests) })
}

const titles: Record<string, string> = {
  data_request: 'Wants their data',
  redact_customer: 'Wants to be forgotten',
  redact_shop: 'Shop data to be erased',
}

const day = (iso: string) => iso.slice(0, 10)

export default function Privacy() {
  const { requests } = useLoaderData<typeof loader>()
  return (
    <Page title="Privacy" subtitle="Requests that customers make through you in Shopify. Tern answers them by itself.">
      <Card padding="0">
        <IndexTable
          itemCount={requests.length}
          selectable={false}
          headings={[
            { title: 'Request' },
            { title: 'Person' },
            { title: 'Received' },
            { title: 'State' },
            { title: 'Data' },
          ]}
          emptyState={
            <Text as="p" alignment="center">
              No requests yet. When a customer asks for their data, start it on their page in Shopify: the file is then
              here.
            </Text>
          }
        >
          {requests.map((request, position) => (
            <IndexTable.Row id={String(request.id)} key={request.id} position={position}>
              <IndexTable.Cell>{titles[request.kind] ?? request.kind}</IndexTable.Cell>
              <IndexTable.Cell>
                {request.email ?? (
                  <Text as="span" tone="subdued">
                    {whoIsIt(request)}
                  </Text>
                )}
              </IndexTable.Cell>
              <IndexTable.Cell>{day(request.requestedAt)}</IndexTable.Cell>
              <IndexTable.Cell>
                {request.completedAt ? (
                  <Badge tone="success">{`Done ${day(request.completedAt)}`}</Badge>
                ) : (
                  <Badge tone="attention">{`In progress, due ${day(request.dueAt)}`}</Badge>
                )}
              </IndexTable.Cell>
              <IndexTable.Cell>
                {request.hasExport && (
                  <DownloadButton url={`/app/privacy/${request.id}`} fileName={`personal-data-${request.id}.json`} />
                )}
              </IndexTable.Cell>
            </IndexTable.Row>
          ))}
        </IndexTable>
      </Card>
    </Page>
  )
}

function whoIsIt({ kind, completedAt }: { kind: string; completedAt: string | null }) {
  if (kind === 'redact_shop') return 'Everybody'
  if (!completedAt) return 'Being looked up'
  return kind === 'redact_customer' ? 'Forgotten' : 'Nobody in Tern'
}
