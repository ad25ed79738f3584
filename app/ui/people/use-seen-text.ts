// Says in words what a gate saw when it was asked.
import { useTranslation } from 'react-i18next'
import type { RecordedGate } from '#app/messages/recorded-gates.ts'
import type { Serialised } from '#app/ui/serialised.ts'
import { useReasonText } from './use-reason-text.ts'

const states = ['subscribed', 'unsubscribed', 'pending', 'not_subscribed', 'redacted'] as const

export function useSeenText(): (gate: Serialised<RecordedGate>) => string {
  const { t } = useTranslation('people')
  const reasonText = useReasonText()
  const plain = useSeenValues()
  return ({ gate, seen }) => {
    const word = (name: string) => String(seen[name] ?? '')
    switch (gate) {
      case 'consent':
        return t(`consent.${states.find((each) => each === seen.consent) ?? 'unknown'}`)
      case 'suppression':
        return seen.suppressed ? reasonText(`suppressed_${word('suppressed')}`) : t('seen.notStopped')
      case 'quiet_hours':
        return seen.from
          ? t('seen.quietHours', { from: word('from'), to: word('to'), zone: word('zone') })
          : t('seen.none')
      case 'frequency_cap':
        return seen.messages
          ? t('seen.cap', { sent: word('sent'), messages: word('messages'), hours: word('hours') })
          : t('seen.none')
      case 'flow':
        return plain(seen)
      default:
        return ''
    }
  }
}

/** What a condition saw: names and values. */
export function useSeenValues(): (seen: Record<string, unknown>) => string {
  const { t } = useTranslation('people')
  return (seen) =>
    Object.entries(seen)
      .map(
        ([name, value]) => `${name}: ${typeof value === 'boolean' ? t(value ? 'seen.yes' : 'seen.no') : textOf(value)}`,
      )
      .join(', ')
}

const textOf = (value: unknown) =>
  value === null ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value)
