// What stands around every page: Polaris and App Bridge in the merchant's language, and the menu.
import { Link } from '@remix-run/react'
import { NavMenu } from '@shopify/app-bridge-react'
import { AppProvider } from '@shopify/shopify-app-remix/react'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { createFormat } from './format.ts'
import { FormatContext, type FrameData } from './frame-data.ts'

const menu = [
  { to: '/app/flows', text: 'menu.flows' },
  { to: '/app/profiles', text: 'menu.profiles' },
  { to: '/app/messages', text: 'menu.messages' },
  { to: '/app/settings', text: 'menu.settings' },
  { to: '/app/health', text: 'menu.health' },
  { to: '/app/privacy', text: 'menu.privacy' },
] as const

export function Frame({ data, children }: { data: FrameData; children: ReactNode }) {
  const { t } = useTranslation()
  const { locale, timeZone, currency, polarisText } = data
  const format = useMemo(() => createFormat({ locale, timeZone, currency }), [locale, timeZone, currency])
  return (
    <AppProvider
      isEmbeddedApp
      apiKey={data.apiKey}
      {...(polarisText && { i18n: polarisText })}
      {...(data.appBridgeUrl && { __APP_BRIDGE_URL: data.appBridgeUrl })}
    >
      <NavMenu>
        <Link to="/app" rel="home">
          {t('menu.home')}
        </Link>
        {menu.map(({ to, text }) => (
          <Link key={to} to={to}>
            {t(text)}
          </Link>
        ))}
      </NavMenu>
      <FormatContext.Provider value={format}>
        {/* No Suspense around the page: on a phone Polaris renders anew before such a boundary has come to life. */}
        <main>{children}</main>
      </FormatContext.Provider>
    </AppProvider>
  )
}
