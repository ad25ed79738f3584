// Toasts: short messages at the foot of the admin.
import type { AppMessage } from '../protocol.ts'
import { tellApp } from './app-frame.ts'
import { button, part } from './element.ts'

const toasts = new Map<string, HTMLElement>()

export function showToast({ id, text, isError, action, durationMs }: Extract<AppMessage, { kind: 'toast' }>) {
  const toast = document.createElement('div')
  toast.className = isError ? 'toast error' : 'toast'
  toast.append(text)
  if (action) {
    toast.append(
      button(action, 'action', () => {
        tellApp({ kind: 'toast-acted', id })
        hideToast(id)
      }),
    )
  }
  const close = button('✕', 'close', () => hideToast(id))
  close.setAttribute('aria-label', 'Dismiss')
  toast.append(close)
  toasts.set(id, toast)
  part('toasts', HTMLElement).append(toast)
  setTimeout(() => hideToast(id), durationMs)
}

export function hideToast(id: string) {
  const toast = toasts.get(id)
  if (!toast) return
  toast.remove()
  toasts.delete(id)
  tellApp({ kind: 'toast-dismissed', id })
}
