// Every word that a merchant reads, by page and language. A page loads the text of its own, in one language.
import type { BackendModule } from 'i18next'

/** A page's text is one file per language and one line here. */
const catalogues = {
  common: { en: () => import('./en/common.ts'), de: () => import('./de/common.ts') },
  mails: { en: () => import('./en/mails.ts'), de: () => import('./de/mails.ts') },
  people: { en: () => import('./en/people.ts'), de: () => import('./de/people.ts') },
  messages: { en: () => import('./en/messages.ts'), de: () => import('./de/messages.ts') },
  why: { en: () => import('./en/why.ts'), de: () => import('./de/why.ts') },
  profiles: { en: () => import('./en/profiles.ts'), de: () => import('./de/profiles.ts') },
  flows: { en: () => import('./en/flows.ts'), de: () => import('./de/flows.ts') },
  home: { en: () => import('./en/home.ts'), de: () => import('./de/home.ts') },
  settings: { en: () => import('./en/settings.ts'), de: () => import('./de/settings.ts') },
  health: { en: () => import('./en/health.ts'), de: () => import('./de/health.ts') },
}

export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]
export type PageName = keyof typeof catalogues
export const pageNames = Object.keys(catalogues).filter(isPageName)

type Texts = { [Page in PageName]: Awaited<ReturnType<(typeof catalogues)[Page]['en']>>['default'] }

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Texts
  }
}

/** The shape that every other language of a page has: the same keys, each with some text. */
export type SameKeys<Text> = { [Key in keyof Text]: Text[Key] extends string ? string : SameKeys<Text[Key]> }

export async function loadText(page: PageName, language: Language): Promise<object> {
  return (await catalogues[page][language]()).default
}

/** What i18next is made with, on the server and in the browser alike. */
export const textOptions = {
  supportedLngs: [...languages],
  fallbackLng: 'en',
  defaultNS: 'common',
  interpolation: { escapeValue: false },
} as const

/** Gives i18next the catalogues; in the browser each is a file of its own. */
export const textBackend: BackendModule = {
  type: 'backend',
  init() {},
  read(language, page, done) {
    if (!isPageName(page) || !isLanguage(language)) return done(`no text for ${language}/${page}`, null)
    loadText(page, language).then(
      (text) => done(null, { ...text }),
      (error: Error) => done(error, null),
    )
  },
}

export function isLanguage(text: string): text is Language {
  return languages.some((language) => language === text)
}

function isPageName(text: string): text is PageName {
  return text in catalogues
}
