// Brings a page to life in the browser, in the language that the server wrote it in.
import { RemixBrowser } from '@remix-run/react'
import i18next from 'i18next'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { I18nextProvider, initReactI18next } from 'react-i18next'
import { getInitialNamespaces } from 'remix-i18next/client'
import { textBackend, textOptions } from './ui/text/catalogues.ts'

await i18next
  .use(initReactI18next)
  .use(textBackend)
  .init({ ...textOptions, lng: document.documentElement.lang, ns: ['common', ...getInitialNamespaces()] })

startTransition(() => {
  hydrateRoot(
    document,
    <I18nextProvider i18n={i18next}>
      <StrictMode>
        <RemixBrowser />
      </StrictMode>
    </I18nextProvider>,
  )
})
