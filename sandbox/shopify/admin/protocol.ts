// The messages between the admin's frame and the app inside it. Both ends are ours, so the form is free; it follows what
// App Bridge lets an app ask for.

export interface BarButton {
  /** The app finds its element by it when the admin reports a click. */
  id: string
  label: string
  isDisabled: boolean
  isLoading: boolean
  variant: 'primary' | 'secondary' | 'breadcrumb'
  tone: 'default' | 'critical'
}

export interface MenuItem {
  label: string
  path: string
  isHome: boolean
}

export type Question = { about: 'id-token' } | { about: 'scopes' } | { about: 'leave' }

export type AppMessage =
  | { kind: 'ask'; id: string; question: Question }
  | { kind: 'toast'; id: string; text: string; isError: boolean; action: string | null; durationMs: number }
  | { kind: 'toast-hidden'; id: string }
  | { kind: 'title-bar'; title: string; buttons: BarButton[] }
  | { kind: 'menu'; items: MenuItem[] }
  | {
      kind: 'save-bar'
      isShown: boolean
      save: BarButton | null
      discard: BarButton | null
      asksBeforeDiscard: boolean
    }
  | { kind: 'modal'; isOpen: boolean }
  | { kind: 'loading'; isLoading: boolean }
  | { kind: 'location'; path: string }
  | { kind: 'open'; url: string; isNewTab: boolean }

export type AdminMessage =
  | { kind: 'answer'; id: string; answer: unknown }
  | { kind: 'toast-acted' | 'toast-dismissed'; id: string }
  | { kind: 'clicked'; id: string }
  | { kind: 'navigate'; path: string }

/** Marks these messages among all others that a window receives. */
export interface Envelope<Message> {
  bridge: 'stand-in'
  message: Message
}

/** The message inside `data`, if it is one of ours; the sender's window is checked by the caller. */
export function openEnvelope<Message>(data: unknown): Message | null {
  return isEnvelope<Message>(data) ? data.message : null
}

function isEnvelope<Message>(data: unknown): data is Envelope<Message> {
  return typeof data === 'object' && data !== null && 'bridge' in data && data.bridge === 'stand-in'
}
