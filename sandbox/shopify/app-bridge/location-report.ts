// Keeps the admin's address in step with the page that the app shows, and its links to the admin inside the stand-in.
import { tellAdmin } from './host-channel.ts'

/** Reports each change of the app's location, and takes over links and `open()` that lead into the admin. */
export function installLocationReport() {
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method].bind(history)
    history[method] = (...args) => {
      original(...args)
      report()
    }
  }
  addEventListener('popstate', report)
  report()

  const plainOpen = window.open.bind(window)
  window.open = (url, target, features) => {
    if (!leadsIntoAdmin(String(url ?? ''))) return plainOpen(url, target, features)
    tellAdmin({ kind: 'open', url: String(url), isNewTab: target === '_blank' })
    return null
  }
  addEventListener('click', followAdminLink, { capture: true })
}

function report() {
  tellAdmin({ kind: 'location', path: location.pathname })
}

function followAdminLink(event: MouseEvent) {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const url = link?.getAttribute('href') ?? ''
  if (!link || !leadsIntoAdmin(url)) return
  event.preventDefault()
  tellAdmin({ kind: 'open', url, isNewTab: link.target === '_blank' })
}

function leadsIntoAdmin(url: string): boolean {
  return /^(shopify:\/\/admin|https:\/\/admin\.shopify\.com|https:\/\/[\w-]+\.myshopify\.com\/admin)(\/|$)/.test(url)
}
