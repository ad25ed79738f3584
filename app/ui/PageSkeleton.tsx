// The outline of a page while its data or its words are on their way.
import { Card, Layout, SkeletonBodyText, SkeletonDisplayText, SkeletonPage } from '@shopify/polaris'

export function PageSkeleton() {
  return (
    <SkeletonPage primaryAction>
      <Layout>
        <Layout.Section>
          <SkeletonCard />
        </Layout.Section>
        <Layout.Section>
          <SkeletonCard />
        </Layout.Section>
      </Layout>
    </SkeletonPage>
  )
}

function SkeletonCard() {
  return (
    <Card>
      <SkeletonDisplayText size="small" />
      <SkeletonBodyText lines={4} />
    </Card>
  )
}
