// What holds of a person's consent, and what became of a mail, each as a badge with its words.
import { Badge, type BadgeProps } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type en from '#app/ui/text/en/people.ts'

type Tone = BadgeProps['tone']
type Consent = keyof (typeof en)['consent']
type State = keyof (typeof en)['state']

const consentTones: Record<Consent, Tone> = {
  subscribed: 'success',
  pending: 'attention',
  unsubscribed: undefined,
  not_subscribed: undefined,
  unknown: undefined,
  redacted: undefined,
}

const stateTones: Record<State, Tone> = {
  queued: 'info',
  deferred: 'info',
  claimed: 'info',
  unknown: 'warning',
  skipped: undefined,
  failed: 'critical',
  handed_over: 'success',
  delivered: 'success',
  blocked: 'critical',
  dropped: 'critical',
  bounced: 'critical',
}

export function ConsentBadge({ consent }: { consent: string }) {
  const { t } = useTranslation('people')
  const known = isKeyOf(consentTones, consent) ? consent : 'unknown'
  const tone = consentTones[known]
  return <Badge {...(tone && { tone })}>{t(`consent.${known}`)}</Badge>
}

export function MessageStateBadge({ state }: { state: string }) {
  const { t } = useTranslation('people')
  const known = isKeyOf(stateTones, state) ? state : 'unknown'
  const tone = stateTones[known]
  return <Badge {...(tone && { tone })}>{t(`state.${known}`)}</Badge>
}

function isKeyOf<Key extends string>(record: Record<Key, unknown>, text: string): text is Key {
  return Object.hasOwn(record, text)
}
