// The admin's page at work: does what the app asks through App Bridge.
import type { AppMessage, Question } from '../protocol.ts'
import { onAppMessage, settings, tellApp } from './app-frame.ts'
import { drawSaveBar, drawTitleBar, mayLeave } from './bars.ts'
import { part } from './element.ts'
import { drawMenu, markLocation } from './menu.ts'
import { hideToast, showToast } from './toasts.ts'

onAppMessage(obey)

async function obey(message: AppMessage) {
  switch (message.kind) {
    case 'ask':
      return tellApp({ kind: 'answer', id: message.id, answer: await answer(message.question) })
    case 'toast':
      return showToast(message)
    case 'toast-hidden':
      return hideToast(message.id)
    case 'title-bar':
      return drawTitleBar(message)
    case 'menu':
      return drawMenu(message.items)
    case 'save-bar':
      return drawSaveBar(message)
    case 'modal':
      return document.body.classList.toggle('dimmed', message.isOpen)
    case 'loading':
      part('loading', HTMLElement).hidden = !message.isLoading
      return
    case 'location':
      return markLocation(message.path)
    case 'open':
      return openInAdmin(message.url, message.isNewTab)
    default:
      return message satisfies never
  }
}

async function answer({ about }: Question): Promise<unknown> {
  switch (about) {
    case 'leave':
      return mayLeave()
    case 'id-token':
    case 'scopes': {
      const response = await fetch(`${settings.base}/bridge/${about}`)
      return response.json()
    }
    default:
      return about satisfies never
  }
}

/** Shopify's own addresses, brought to the stand-in; where it has no such page it answers so. */
function openInAdmin(url: string, isNewTab: boolean) {
  const storeBase = settings.base.replace(/\/apps\/[^/]+$/, '')
  const local = url
    .replace(/^shopify:\/\/admin/, storeBase)
    .replace(/^https:\/\/admin\.shopify\.com/, '')
    .replace(/^https:\/\/[\w-]+\.myshopify\.com\/admin/, storeBase)
  window.open(local, isNewTab ? '_blank' : '_self')
}
