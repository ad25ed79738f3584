// The frame with the app in it: messages in and out.
import { type AdminMessage, type AppMessage, type Envelope, openEnvelope } from '../protocol.ts'
import { part } from './element.ts'

const appFrame = part('app', HTMLIFrameElement)
export const settings: { base: string; appOrigin: string; appName: string } = JSON.parse(
  document.body.dataset.settings ?? '{}',
)

export function tellApp(message: AdminMessage) {
  const envelope: Envelope<AdminMessage> = { bridge: 'stand-in', message }
  appFrame.contentWindow?.postMessage(envelope, settings.appOrigin)
}

export function onAppMessage(listener: (message: AppMessage) => void) {
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== appFrame.contentWindow || origin !== settings.appOrigin) return
    const message = openEnvelope<AppMessage>(data)
    if (message) listener(message)
  })
}
