// Replays the past through a draft: asks for it, shows how far it is, and tells what would have come of it.
import { useFetcher, useRevalidator } from '@remix-run/react'
import { BlockStack, Button, ButtonGroup, Card, InlineGrid, InlineStack, ProgressBar, Text } from '@shopify/polaris'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplayReport } from '#app/flows/dry-run/replay-report.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import { Sparkline } from './Sparkline.tsx'
import { useSay } from './use-say.ts'

export interface ReplayCardProps {
  run: { state: string; days: number; progress: number; report: ReplayReport | null } | null
  called(step: string): string
}

const pollMs = 1_000

export function ReplayCard({ run, called }: ReplayCardProps) {
  const { t } = useTranslation('flows')
  const { percent } = useFormat()
  const fetcher = useFetcher()
  const isRunning = run?.state === 'waiting' || run?.state === 'running'
  usePolling(isRunning)
  const post = (form: object) => fetcher.submit(JSON.stringify(form), { method: 'post', encType: 'application/json' })
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('try.replay')}
        </Text>
        <Text as="p" tone="subdued">
          {t('try.replayText')}
        </Text>
        <ButtonGroup>
          {[30, 90].map((days) => (
            <Button key={days} disabled={isRunning} onClick={() => post({ intent: 'replay', days })}>
              {`${t('try.replayGo')}: ${t('try.replayDays', { count: days })}`}
            </Button>
          ))}
          {isRunning ? <Button onClick={() => post({ intent: 'stop' })}>{t('try.replayStop')}</Button> : null}
        </ButtonGroup>
        <div aria-live="polite">
          {isRunning && (
            <BlockStack gap="200">
              <Text as="p" id="replay-progress">
                {t('try.replayRunning', { percent: percent(run.progress) })}
              </Text>
              <ProgressBar
                progress={run.progress * 100}
                size="small"
                ariaLabelledBy="replay-progress"
                animated={false}
              />
            </BlockStack>
          )}
          {run?.state === 'stopped' && <Text as="p">{t('try.replayStopped')}</Text>}
          {run?.state === 'failed' && (
            <Text as="p" tone="critical">
              {t('try.replayFailed')}
            </Text>
          )}
          {run?.state === 'done' && run.report && <Report report={run.report} called={called} />}
        </div>
      </BlockStack>
    </Card>
  )
}

/** Asks how far it is while it runs; a page that nobody looks at asks nothing. */
function usePolling(isRunning: boolean) {
  const { revalidate, state } = useRevalidator()
  useEffect(() => {
    if (!isRunning || state !== 'idle') return
    const pause = setTimeout(() => document.visibilityState === 'visible' && revalidate(), pollMs)
    return () => clearTimeout(pause)
  })
}

function Report({ report, called }: { report: ReplayReport; called(step: string): string }) {
  const { t } = useTranslation('flows')
  const { number, dateTime } = useFormat()
  const { word } = useSay()
  const figures: [string, number][] = [
    [t('try.replayEntered'), report.entered],
    [t('try.replayPeople'), report.people],
    [t('try.replayMails'), report.mails],
    [t('try.replayStill'), report.stillIn],
  ]
  const reasons = (counts: Record<string, number>): [string, number][] =>
    Object.entries(counts).map(([reason, count]) => [word(`reason.${reason}`, reason), count])
  return (
    <BlockStack gap="400">
      <InlineGrid columns={{ xs: 2, md: 4 }} gap="300">
        {figures.map(([label, count]) => (
          <BlockStack key={label}>
            <Text as="span" tone="subdued">
              {label}
            </Text>
            <Text as="span" variant="headingLg">
              {number(count)}
            </Text>
          </BlockStack>
        ))}
      </InlineGrid>
      <InlineStack gap="300" blockAlign="center">
        <Text as="span">{t('try.replayPerDay')}</Text>
        <Sparkline counts={report.mailsPerDay} label={`${t('try.replayPerDay')}: ${report.mailsPerDay.join(', ')}`} />
      </InlineStack>
      <Counts
        title={t('try.replayMails')}
        rows={Object.entries(report.mailsByStep).map(([step, n]) => [called(step), n])}
      />
      <Counts title={t('try.replaySkipped')} rows={reasons(report.skipped)} />
      <Counts title={t('try.replayEnded')} rows={reasons(report.ended)} />
      <Counts title={t('try.replayOverlaps')} rows={report.overlaps.map(({ flow, mails }) => [flow, mails])} />
      <Text as="p" variant="bodySm" tone="subdued">
        {`${t('try.date', { date: dateTime(report.until) })} ${t('try.replayNote')}`}
      </Text>
    </BlockStack>
  )
}

function Counts({ title, rows }: { title: string; rows: [string, number][] }) {
  const { t } = useTranslation('flows')
  const { number } = useFormat()
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      {rows.length === 0 && <Text as="p">{t('try.replayNone')}</Text>}
      {rows.map(([label, count]) => (
        <InlineStack key={label} align="space-between" gap="200">
          <Text as="span">{label}</Text>
          <Text as="span" numeric>
            {number(count)}
          </Text>
        </InlineStack>
      ))}
    </BlockStack>
  )
}
