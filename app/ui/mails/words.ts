// The editor's words, by keys that come from what blocks and checks are called.
import { useTranslation } from 'react-i18next'

export type Words = (key: string, values?: Record<string, string | number>) => string

/** The compiler cannot know these keys; a test asks for every one of them. */
export function useMailWords(): Words {
  const { i18n } = useTranslation('mails')
  return (key, values = {}) => {
    const text: unknown = i18n.getResource(i18n.resolvedLanguage ?? 'en', 'mails', key)
    return typeof text === 'string' ? i18n.services.interpolator.interpolate(text, values, i18n.language, {}) : key
  }
}

/** The key under which a variable has its name: "checkout.items[0].title" is `variable.checkout_items_0_title`. */
export const variableKey = (path: string) => `variable.${path.replace(/\W+/g, '_')}`
