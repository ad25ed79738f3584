// Which language a merchant reads: Shopify says so in the address of the first page and in the header of later calls.
import type { EntryContext } from '@remix-run/node'
import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { RemixI18Next } from 'remix-i18next/server'
import { isLanguage, type Language, languages, textBackend, textOptions } from './text/catalogues.ts'

/** The language of the texts, and the locale by which dates, money and numbers are written ("de", "de-AT"). */
export interface Reading {
  language: Language
  locale: string
}

const remixText = new RemixI18Next({
  detection: {
    supportedLanguages: [...languages],
    fallbackLanguage: 'en',
    searchParamKey: 'locale',
    order: ['searchParams', 'header'],
  },
})

export async function readingOf(request: Request): Promise<Reading> {
  const found = await remixText.getLocale(request)
  const language = isLanguage(found) ? found : 'en'
  const asked = [
    new URL(request.url).searchParams.get('locale') ?? '',
    ...(request.headers.get('accept-language') ?? '').split(','),
  ]
  const locale = asked.map(localeIn).find((tag) => tag?.split('-')[0] === language)
  return { language, locale: locale ?? language }
}

/** An i18next of its own for one page, so that two merchants' pages never share a language. */
export async function textsForPage(context: EntryContext, language: Language) {
  const instance = createInstance()
  const pages = ['common', ...remixText.getRouteNamespaces(context)]
  await instance
    .use(initReactI18next)
    .use(textBackend)
    .init({ ...textOptions, lng: language, ns: pages })
  return instance
}

function localeIn(entry: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(entry.split(';')[0]!.trim() || [])[0]
  } catch {
    return undefined
  }
}
