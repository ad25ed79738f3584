// Says what the core tells of flows: by keys that are known only at run time, in the merchant's language.
import type { i18n as I18n, ParseKeys } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Say, Told } from '#app/lib/told.ts'
import { speak } from '#app/lib/told.ts'
import { useFormat } from '#app/ui/frame-data.ts'

export interface Saying {
  say: Say
  tell(told: Told): string
  /** The words for `key`, or `otherwise` where there are none: for reasons and labels that are open-ended. */
  word(key: string, otherwise: string): string
  money(amountMinor: number): string
}

export function useSay(): Saying {
  const { t, i18n } = useTranslation('flows')
  const format = useFormat()
  return useMemo(() => {
    const say: Say = (key, values) => (isKnown(i18n, key, values) ? t(key, values) : key)
    return {
      say,
      tell: (told) => speak(told, say),
      word: (key, otherwise) => (isKnown(i18n, key, {}) ? t(key) : otherwise),
      money: (amountMinor) => format.money(amountMinor),
    }
  }, [t, i18n, format])
}

function isKnown(i18n: I18n, key: string, values: object): key is ParseKeys<'flows'> {
  return i18n.exists(key, { ns: 'flows', ...values })
}
