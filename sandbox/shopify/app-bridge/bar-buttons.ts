// Buttons that the app declares in its page and the admin draws in its frame.
import type { BarButton } from '../admin/protocol.ts'
import { onAdminMessage } from './host-channel.ts'

const elements = new Map<string, WeakRef<HTMLElement>>()
const ids = new WeakMap<HTMLElement, string>()

onAdminMessage((message) => {
  if (message.kind === 'clicked') elements.get(message.id)?.deref()?.click()
})

/** Describes a button or link of the page; a click in the frame clicks the element. */
export function barButton(element: HTMLElement): BarButton {
  const id = ids.get(element) ?? `button-${elements.size + 1}`
  ids.set(element, id)
  elements.set(id, new WeakRef(element))
  const variant = element.getAttribute('variant')
  return {
    id,
    label: element.textContent?.trim() ?? '',
    isDisabled: element.hasAttribute('disabled'),
    isLoading: element.hasAttribute('loading') && element.getAttribute('loading') !== 'false',
    variant: variant === 'primary' || variant === 'breadcrumb' ? variant : 'secondary',
    tone: element.getAttribute('tone') === 'critical' ? 'critical' : 'default',
  }
}
