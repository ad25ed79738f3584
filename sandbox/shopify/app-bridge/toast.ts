// `shopify.toast`: short messages that the admin shows over its frame.
import { onAdminMessage, tellAdmin } from './host-channel.ts'

interface ToastOptions {
  duration?: number
  isError?: boolean
  action?: string
  onAction?: () => void
  onDismiss?: () => void
}

const shown = new Map<string, ToastOptions>()
let count = 0

onAdminMessage((message) => {
  if (message.kind === 'toast-acted') shown.get(message.id)?.onAction?.()
  if (message.kind === 'toast-dismissed') {
    shown.get(message.id)?.onDismiss?.()
    shown.delete(message.id)
  }
})

export const toast = {
  show(text: string, options: ToastOptions = {}): string {
    count += 1
    const id = `toast-${count}`
    shown.set(id, options)
    const { isError = false, action = null, duration: durationMs = 5000 } = options
    tellAdmin({ kind: 'toast', id, text, isError, action, durationMs })
    return id
  },
  hide(id: string) {
    tellAdmin({ kind: 'toast-hidden', id })
  },
}
