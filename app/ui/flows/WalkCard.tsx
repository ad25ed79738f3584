// Walks one person through a flow and tells the way, the times and the mails.
import type { FetcherWithComponents } from '@remix-run/react'
import { BlockStack, Button, Card, Form, FormLayout, Text, TextField } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActionAnswer } from '#app/ui/action-answer.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import { useFieldErrorText } from '#app/ui/use-field-error-text.ts'
import { useSay } from './use-say.ts'

export interface Walked {
  subject: string | null
  /** The checks that would keep them out. */
  gates: string[]
  stops: { step: string; reachedAt: string; leftAt: string; verdict: string; seen: string }[]
  mails: { step: string; sentAt: string | null; reason: string | null }[]
  endReason: string | null
  endsAt: string
}

export interface WalkCardProps {
  fetcher: FetcherWithComponents<ActionAnswer<Walked>>
  called(step: string): string
}

export function WalkCard({ fetcher, called }: WalkCardProps) {
  const { t } = useTranslation('flows')
  const [email, setEmail] = useState('')
  const errorText = useFieldErrorText()
  const answer = fetcher.data
  const walk = () =>
    fetcher.submit(JSON.stringify({ intent: 'walk', email }), { method: 'post', encType: 'application/json' })
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('try.walk')}
        </Text>
        <Text as="p" tone="subdued">
          {t('try.walkText')}
        </Text>
        <Form onSubmit={walk}>
          <FormLayout>
            <TextField
              label={t('try.walkEmail')}
              type="email"
              autoComplete="off"
              value={email}
              onChange={setEmail}
              error={answer && !answer.ok ? errorText(answer.errors.email ?? answer.errors.definition) : undefined}
              connectedRight={
                <Button submit loading={fetcher.state !== 'idle'}>
                  {t('try.walkGo')}
                </Button>
              }
            />
          </FormLayout>
        </Form>
        <div aria-live="polite">{answer?.ok && <Way walk={answer.result} called={called} />}</div>
      </BlockStack>
    </Card>
  )
}

function Way({ walk, called }: { walk: Walked; called(step: string): string }) {
  const { t } = useTranslation('flows')
  const { dateTime } = useFormat()
  const { word } = useSay()
  const mailAt = (step: string) => walk.mails.find((mail) => mail.step === step)
  return (
    <BlockStack gap="300">
      <Text as="p">{walk.subject === null ? t('try.walkNothing') : t('try.walkAbout', { subject: walk.subject })}</Text>
      {walk.gates.length > 0 && (
        <Text as="p" tone="critical">
          {t('try.walkOut', { gates: walk.gates.map((gate) => word(`gate.${gate}`, gate)).join(', ') })}
        </Text>
      )}
      {walk.stops.map(({ step, leftAt, verdict, seen }) => {
        const mail = verdict === 'queued' ? mailAt(step) : undefined
        return (
          <BlockStack key={step} gap="050">
            <Text as="p">
              {`${dateTime(leftAt)} – ${called(step)}: ${word(`verdict.${verdict}`, verdict)}${seen ? ` (${seen})` : ''}`}
            </Text>
            {mail && (
              <Text as="p" variant="bodySm" tone={mail.sentAt ? 'success' : 'critical'}>
                {mail.sentAt
                  ? t('try.wouldSend', { date: dateTime(mail.sentAt) })
                  : t('try.wouldNotSend', { reason: word(`reason.${mail.reason}`, mail.reason ?? '') })}
              </Text>
            )}
          </BlockStack>
        )
      })}
      <Text as="p" tone="subdued">
        {t('try.walkEnds', { date: dateTime(walk.endsAt) })}
      </Text>
    </BlockStack>
  )
}
