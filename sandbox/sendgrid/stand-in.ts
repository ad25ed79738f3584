// Starts the stand-in for SendGrid: its mail API, its event webhook, and an inbox to read what was sent.
import { createServer, type Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { invariant } from '#app/lib/errors.ts'
import type { Clock } from '#app/platform/clock.server.ts'
import { quietEngagement } from './engagement.ts'
import { createEventWebhook } from './event-webhook.ts'
import { type NameOf, withNames } from './inbox/address-book.ts'
import { createInbox } from './inbox/routes.ts'
import { LOG_SCOPE } from './logs.ts'
import { createApi } from './mail-send.ts'
import { type Counts, createMailbox, type KeepMails } from './mailbox.ts'
import type { ApiKey, EngagementModel, EventFaultScript, FaultScript, LogFaultScript, ReceivedMail } from './model.ts'
import { createPostOffice, type PostOffice } from './post-office.ts'
import { answerRefusal } from './refusals.ts'
import { createEventSigner } from './signature.ts'

export type SendGridStandInOptions = {
  clock: Clock
  /** 0 or nothing: any free port. */
  port?: number
  /** A key given as text may do everything; the first one is handed out as `apiKey`. */
  apiKeys?: (string | ApiKey)[]
  /** Without one, events happen but are not reported. */
  eventWebhookUrl?: string
  faults?: FaultScript
  eventFaults?: EventFaultScript
  logFaults?: LogFaultScript
  /** The same seed and the same mails give the same ids and the same reactions. */
  seed?: number
  engagement?: EngagementModel
  /** How often a domain must be checked until its DNS records are seen. Default 2. */
  checksUntilValid?: number
  /** How many of the newest mails can be read; counts are always complete. Default 5,000. */
  keepMails?: KeepMails
  /** Whom the inbox shows an address to belong to, where the mail tells no name. */
  nameOf?: NameOf
}

export type SendGridStandIn = {
  url: string
  apiKey: string
  /** For `SENDGRID_WEBHOOK_PUBLIC_KEY`. */
  publicKey: string
  /** The kept mails, oldest first. */
  mails(): ReceivedMail[]
  counts(): Counts
  /** When there is next something for `deliverDueEvents`. */
  nextEventAt(): Date | null
  /** Posts every event that is due by the clock and awaits the answers; returns how many were accepted. */
  deliverDueEvents(): Promise<number>
  /** Delivers by itself from now on, until `close`. For clocks that run. */
  startDelivering(): void
  setEventWebhookUrl(url: string): void
  close(): Promise<void>
}

const TEST_KEY = 'SG.sandbox-key-no-secret-.only-the-stand-in-for-sendgrid-knows-this-one'
const ALL_SCOPES = [
  'mail.send',
  'scopes.read',
  'user.webhooks.event.settings.read',
  'user.webhooks.event.settings.create',
  'user.webhooks.event.settings.update',
  'whitelabel.read',
  'whitelabel.create',
  'whitelabel.update',
  LOG_SCOPE,
]
const KEEP_MAILS = 5000
const DELIVERY_TICK_MS = 100

/** Starts the stand-in on 127.0.0.1. With a virtual clock nothing happens until `deliverDueEvents` is called. */
export async function startSendGridStandIn(options: SendGridStandInOptions): Promise<SendGridStandIn> {
  const {
    clock,
    faults = () => 'ok',
    logFaults = () => 'ok',
    engagement = quietEngagement,
    keepMails = KEEP_MAILS,
  } = options
  const seed = String(options.seed ?? 1)
  const apiKeys = (options.apiKeys ?? [TEST_KEY]).map(withScopes)
  invariant(apiKeys[0], 'the stand-in needs at least one API key')
  const signer = createEventSigner()
  const webhook = createEventWebhook({ clock, signer, url: options.eventWebhookUrl, faults: options.eventFaults })
  const mailbox = createMailbox(keepMails)
  const postOffice = createPostOffice({ clock, webhook, engagement, seed })
  const account = {
    publicKey: signer.publicKey,
    checksUntilValid: options.checksUntilValid ?? 2,
    onEventWebhook: (url: string | null) => webhook.setUrl(url ?? ''),
  }
  const answerApi = createApi({ clock, apiKeys, mailbox, postOffice, seed, faults, logFaults, account })
  const answerInbox = createInbox({ clock, mailbox: withNames(mailbox, options.nameOf ?? (() => null)), postOffice })

  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]!
    const answering = path.startsWith('/v3/') ? answerApi(request, response, path) : answerInbox(request, response)
    answering.catch((error: unknown) => {
      console.error('the SendGrid stand-in failed', error)
      if (!response.headersSent) answerRefusal(response, 500)
    })
  })
  const port = await listen(server, options.port ?? 0)
  const closing = new AbortController()
  let delivering: Promise<void> | undefined

  return {
    url: `http://127.0.0.1:${port}`,
    apiKey: apiKeys[0].key,
    publicKey: signer.publicKey,
    mails: () => mailbox.all().map(({ mail }) => mail),
    counts: mailbox.counts,
    nextEventAt: postOffice.nextEventAt,
    deliverDueEvents: postOffice.deliverDueEvents,
    startDelivering() {
      delivering ??= keepDelivering(postOffice, closing.signal)
    },
    setEventWebhookUrl: webhook.setUrl,
    async close() {
      closing.abort()
      await delivering
      await stop(server)
    },
  }
}

function withScopes(key: string | ApiKey): ApiKey {
  return typeof key === 'string' ? { key, scopes: ALL_SCOPES } : key
}

function listen(server: Server, port: number): Promise<number> {
  server.keepAliveTimeout = 65_000
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      invariant(address !== null && typeof address === 'object', 'the stand-in listens on a TCP port')
      resolve(address.port)
    })
  })
}

/** Ticks in real time, since a scaled clock can make an hour of events due in a second. */
async function keepDelivering(postOffice: PostOffice, signal: AbortSignal) {
  while (!signal.aborted) {
    await postOffice.deliverDueEvents()
    await delay(DELIVERY_TICK_MS)
  }
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}
