// Speaks with the admin's frame around the app.
import { type AdminMessage, type AppMessage, type Envelope, openEnvelope, type Question } from '../admin/protocol.ts'

type Listener = (message: AdminMessage) => void

const listeners = new Set<Listener>()
const waiting = new Map<string, (answer: unknown) => void>()
let asked = 0

addEventListener('message', ({ source, data }) => {
  if (source !== window.parent) return
  const message = openEnvelope<AdminMessage>(data)
  if (message?.kind === 'answer') {
    waiting.get(message.id)?.(message.answer)
    waiting.delete(message.id)
  } else if (message) {
    for (const listener of listeners) listener(message)
  }
})

export function tellAdmin(message: AppMessage) {
  const envelope: Envelope<AppMessage> = { bridge: 'stand-in', message }
  window.parent.postMessage(envelope, '*')
}

/** Asks the admin; never resolves when the app isn't framed by one. */
export function askAdmin(question: Question): Promise<unknown> {
  asked += 1
  const id = `ask-${asked}`
  return new Promise((resolve) => {
    waiting.set(id, resolve)
    tellAdmin({ kind: 'ask', id, question })
  })
}

export function onAdminMessage(listener: Listener) {
  listeners.add(listener)
}
