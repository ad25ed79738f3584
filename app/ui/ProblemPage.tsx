// Says in plain words why a page cannot be shown, and what to do next.
import { isRouteErrorResponse, useRevalidator } from '@remix-run/react'
import { BlockStack, Box, Button, Card, InlineStack, Page, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { type ProblemKind, problemIn } from './problem-kind.ts'

export function ProblemPage({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const { revalidate, state } = useRevalidator()
  const kind: ProblemKind = (isRouteErrorResponse(error) && problemIn(error.data)) || 'unexpected'
  const isWorthAnotherTry = kind === 'unexpected' || kind === 'stale'
  return (
    <Page narrowWidth>
      <Card>
        <Box paddingBlock="400">
          <BlockStack gap="300">
            <Text as="h1" variant="headingLg">
              {t(`problem.${kind}Title`)}
            </Text>
            <Text as="p">{t(`problem.${kind}Text`)}</Text>
            <InlineStack gap="200">
              {isWorthAnotherTry ? (
                <Button variant="primary" loading={state === 'loading'} onClick={revalidate}>
                  {t(kind === 'stale' ? 'problem.staleAction' : 'action.tryAgain')}
                </Button>
              ) : (
                <Button variant="primary" url="/app">
                  {t('action.goHome')}
                </Button>
              )}
            </InlineStack>
          </BlockStack>
        </Box>
      </Card>
    </Page>
  )
}
