// The stand-in for Shopify's app-bridge.js: `window.shopify`, the `ui-` elements, and calls that carry session tokens.
import { installFetch } from './authenticated-fetch.ts'
import { readConfig } from './config.ts'
import { installFormSaveBars } from './form-save-bar.ts'
import { askAdmin, tellAdmin } from './host-channel.ts'
import { idToken } from './id-token.ts'
import { installLocationReport } from './location-report.ts'
import { ModalElement, modal } from './modal.ts'
import { installNavigation, NavMenuElement } from './nav-menu.ts'
import { SaveBarElement, saveBar } from './save-bar.ts'
import { TitleBarElement } from './title-bar.ts'
import { toast } from './toast.ts'

const config = readConfig()

const shopify = {
  config,
  origin: location.origin,
  ready: Promise.resolve(),
  environment: { mobile: false, embedded: window.parent !== window, pos: false, intent: false },
  idToken,
  toast,
  modal,
  saveBar,
  loading: (isLoading = true) => tellAdmin({ kind: 'loading', isLoading }),
  user: async () => ({ accountAccess: 'FULL' }),
  scopes: { query: () => askAdmin({ about: 'scopes' }) },
  app: { extensions: async () => [] },
  webVitals: { onReport: async () => {} },
}
Object.assign(window, { shopify })

// By a constructed sheet, because a changed document would not match what React made on the server.
const hiding = new CSSStyleSheet()
hiding.replaceSync('ui-nav-menu, ui-title-bar, ui-save-bar, ui-modal { display: none }')
document.adoptedStyleSheets.push(hiding)

customElements.define('ui-nav-menu', NavMenuElement)
customElements.define('ui-title-bar', TitleBarElement)
customElements.define('ui-save-bar', SaveBarElement)
customElements.define('ui-modal', ModalElement)

const reload = new URLSearchParams(location.search).get('shopify-reload')
if (reload) {
  bounce(reload)
} else {
  installFetch(config)
  installLocationReport()
  installNavigation()
  installFormSaveBars()
}

/** The app's page could not be shown without a token: get one and open it again. */
async function bounce(address: string) {
  const url = new URL(address, location.origin)
  url.searchParams.set('id_token', await idToken())
  location.replace(url)
}
