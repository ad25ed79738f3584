// Says in words why a mail was not sent or waits, or why somebody left a flow.
import { useTranslation } from 'react-i18next'
import type en from '#app/ui/text/en/people.ts'

type Words = (typeof en)['reason']
type PlainReason = { [Key in keyof Words]: Words[Key] extends string ? Key : never }[keyof Words]

/** A reason that a merchant made up for a flow of their own is said as it is written there. */
export function useReasonText(): (reason: string) => string {
  const { t, i18n } = useTranslation('people')
  const text = (reason: string): string => {
    if (reason.startsWith('waited_too_long_')) return t('reason.waitedTooLong', { reason: text(reason.slice(16)) })
    if (reason.startsWith('suppressed_')) return textOf(`suppressed.${reason.slice(11)}` as PlainReason, reason)
    if (/^(sendgrid|gateway)_/.test(reason)) return t('reason.sendgrid', { code: reason.split('_')[1] ?? '' })
    return textOf(reason as PlainReason, reason)
  }
  const textOf = (key: PlainReason, reason: string) =>
    i18n.exists(`people:reason.${key}`) ? t(`reason.${key}`) : reason.replaceAll('_', ' ')
  return text
}
