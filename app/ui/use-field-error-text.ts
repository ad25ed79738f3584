// Says a field's error in the merchant's language.
import { useTranslation } from 'react-i18next'
import type { FieldError } from './field-errors.ts'

export function useFieldErrorText() {
  const { t, i18n } = useTranslation()
  return (error: FieldError | undefined): string | undefined => {
    if (!error) return undefined
    // The key comes from a schema, so the compiler cannot know it; a page's schema and words are loaded together.
    const [page, key] = error.key.split(':')
    const text: unknown = i18n.getResource(i18n.resolvedLanguage ?? 'en', page ?? '', key ?? '')
    if (typeof text !== 'string') return t('field.invalid')
    return i18n.services.interpolator.interpolate(text, error.values, i18n.language, {})
  }
}
