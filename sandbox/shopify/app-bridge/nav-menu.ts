// `ui-nav-menu`: the app's pages in the admin's navigation; a click there is the app's own navigation.
import { onAdminMessage, tellAdmin } from './host-channel.ts'
import { WatchedElement } from './watched-element.ts'

export class NavMenuElement extends WatchedElement {
  protected report() {
    const items = [...this.querySelectorAll('a')].map((link) => ({
      label: link.textContent?.trim() ?? '',
      path: new URL(link.href).pathname,
      isHome: link.rel === 'home',
    }))
    tellAdmin({ kind: 'menu', items })
  }

  protected withdraw() {
    tellAdmin({ kind: 'menu', items: [] })
  }
}

/** Passes the admin's navigation to the app, which listens for `shopify:navigate` and reads the target's `href`. */
export function installNavigation() {
  onAdminMessage((message) => {
    if (message.kind !== 'navigate') return
    const links = [...document.querySelectorAll<HTMLAnchorElement>('ui-nav-menu a, s-app-nav a')]
    const link = links.find(({ href }) => new URL(href).pathname === message.path)
    if (link) link.dispatchEvent(new CustomEvent('shopify:navigate', { bubbles: true }))
    else location.assign(message.path)
  })
}
