// The exports of a person: on their way, or ready to be downloaded. While one is on its way, the page asks again.
import { useRevalidator } from '@remix-run/react'
import { Banner, BlockStack, InlineStack, Text } from '@shopify/polaris'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { DownloadButton } from '#app/ui/DownloadButton.tsx'
import { useFormat } from '#app/ui/frame-data.ts'

export interface ShownExport {
  id: number
  requestedAt: string
  completedAt: string | null
}

const askAgainMs = 3_000

export function ExportsBanner({ exports }: { exports: readonly ShownExport[] }) {
  const { t } = useTranslation('profiles')
  const format = useFormat()
  const ready = exports.filter(({ completedAt }) => completedAt !== null)
  const isPending = ready.length < exports.length
  useAskAgain(isPending)
  if (exports.length === 0) return null
  return (
    <Banner tone={isPending ? 'info' : 'success'}>
      <BlockStack gap="200">
        {isPending && <Text as="p">{t('exportPending')}</Text>}
        {ready.map(({ id, completedAt }) => (
          <InlineStack key={id} gap="300" blockAlign="center">
            <Text as="span">{t('exportReady', { date: format.dateTime(completedAt!) })}</Text>
            <DownloadButton url={`/app/privacy/${id}`} fileName={`personal-data-${id}.json`} />
          </InlineStack>
        ))}
      </BlockStack>
    </Banner>
  )
}

function useAskAgain(isPending: boolean) {
  const { revalidate, state } = useRevalidator()
  useEffect(() => {
    if (!isPending || state !== 'idle') return
    const timer = setTimeout(revalidate, askAgainMs)
    return () => clearTimeout(timer)
  }, [isPending, state, revalidate])
}
