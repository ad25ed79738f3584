// Puts Tern together: every part is made here once and given what it needs, for a server, a worker, a replay or a test.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Registry } from 'prom-client'
import { type Collector, collectorLimits, createCollector } from '#app/events/collector.server.ts'
import { acceptDeliveries } from '#app/events/inbox.server.ts'
import { gateMessages } from '#app/flows/gate.server.ts'
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import { createApplyShopFacts } from '#app/jobs/lifecycle/apply-shop-facts.server.ts'
import { createJobQueue, type JobQueue } from '#app/jobs/queue.server.ts'
import { sweepLanes } from '#app/jobs/sweep-lanes.server.ts'
import { type WorkDeps, workDue } from '#app/jobs/work-lane.server.ts'
import { createWorkParts } from '#app/jobs/work-parts.server.ts'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import { deliverDue } from '#app/messages/delivery.server.ts'
import { createMailDesk, type MailDesk } from '#app/messages/mail-desk.server.ts'
import { createMailSender } from '#app/messages/mail-sender.server.ts'
import { createMessageFacts } from '#app/messages/message-facts.server.ts'
import { createSenderPauses } from '#app/messages/sender-pauses.ts'
import { createSendGridAccount, type SendGridAccount } from '#app/messages/sendgrid-account.server.ts'
import { createSendGridClients, type SendGridTransport } from '#app/messages/sendgrid-clients.server.ts'
import { createSendGridLog } from '#app/messages/sendgrid-log.server.ts'
import { sweepLostClaims } from '#app/messages/sweep-lost-claims.server.ts'
import { createTemplateCache } from '#app/messages/template-store.server.ts'
import { createAdminApi } from '#app/platform/admin-api/client.server.ts'
import { type Clock, systemClock } from '#app/platform/clock.server.ts'
import type { Database, Tx } from '#app/platform/database.server.ts'
import { createDownload } from '#app/platform/download.server.ts'
import type { Env } from '#app/platform/env.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import { createSecrets, type Secrets } from '#app/platform/secrets.server.ts'
import { createAccessTokens } from '#app/shops/access-tokens.server.ts'
import { createShopDirectory, type ShopDirectory } from '#app/shops/directory.server.ts'
import type { Readiness } from './endpoints/health.server.ts'
import { createTernServer } from './http.server.ts'
import { registerStateGauges } from './metrics/state-gauges.server.ts'
import { createWorkCounters, type WorkCounters } from './metrics/work-counters.server.ts'
import { createOperatorServer } from './operator-endpoints.server.ts'

export interface Foundation {
  env: Env
  db: Database
  clock: Clock
  log: Log
  /** True in a process that works jobs off, not only adds them. */
  isWorker: boolean
  patience?: Patience
  /** Those of the database's keyring; without, the key of the environment alone. */
  secrets?: Secrets
  /** Parts that are not to be made here. */
  parts?: Partial<OutsideParts>
}

/** Where Tern ends: what a test puts its own in the place of. */
export interface OutsideParts {
  queue: JobQueue
  sendGridTransport: SendGridTransport
  /** Real time, in which leases count. */
  realMs(): number
}

/** How long, in real time, before a call or a worker counts as lost. */
export interface Patience {
  /** SendGrid answers within seconds; a call that takes longer has no known answer. */
  callMs: number
  /** Must be longer than the longest call. */
  claimLeaseMs: number
  laneLeaseMs: number
}

/** What every part of Tern is made from. */
export interface Tern extends Foundation {
  secrets: Secrets
  directory: ShopDirectory
  queue: JobQueue
  collector: Collector
  metrics: Registry
  /** What background jobs are given to work with. */
  jobDeps: JobDeps
  /** Asks for the write-back of a person's consent to Shopify, in the caller's transaction. */
  enqueuePushConsent(tx: Tx, person: { shopId: ShopId; profileId: ProfileId }): Promise<void>
  mailDesk: MailDesk
  /** Works what is due in the work lanes; returns how much was done. */
  workDue(limit?: number): Promise<number>
  /** Hands over what is due in the send lanes; returns how much was done. */
  deliverDue(limit?: number): Promise<number>
  counters: WorkCounters
  /** Mends what a killed process left behind; returns how much there was. */
  sweep(): Promise<number>
  sendgrid: SendGridAccount
  /** The HTTP server, not yet listening. */
  createServer(handleApp?: (request: IncomingMessage, response: ServerResponse) => void): Server
  /** A server for whoever runs Tern alone: health and metrics, not yet listening. */
  createOperatorServer(): Server
  /** From here on this process answers that it is not ready. */
  stopping(): void
  close(): void
}

const usualPatience: Patience = { callMs: 30_000, claimLeaseMs: 60_000, laneLeaseMs: 60_000 }
const sendGridSockets = 64

/** `kick` is called when something was made due, for a worker in the same process. */
export function composeTern(foundation: Foundation, kick: () => void = () => {}): Tern {
  const { env, db, clock, log, patience = usualPatience, parts = {} } = foundation
  const secrets = foundation.secrets ?? createSecrets(env.ENCRYPTION_KEY)
  const directory = createShopDirectory(db)
  const queue = parts.queue ?? createJobQueue(db, log, { isWorker: foundation.isWorker })
  const metrics = new Registry()
  const counters = createWorkCounters(metrics)
  registerStateGauges(metrics, db, clock)
  let isStopping = false
  const readiness: Readiness = async () => (isStopping ? 'stopping' : db.pool.query('select 1').then(() => null))
  // Tokens expire by the real time, also where a sandbox's clock runs faster, and Shopify paces by it.
  const tokens = createAccessTokens({
    db,
    secrets,
    clock: systemClock,
    apiKey: env.SHOPIFY_API_KEY,
    apiSecret: env.SHOPIFY_API_SECRET,
  })
  const adminApi = createAdminApi({ tokens, clock: systemClock, log })
  const download = createDownload({ mayBePrivate: env.PRIVATE_DOWNLOADS === 'allow' })
  const jobDeps: JobDeps = { db, clock, log, secrets, adminApi, download, tokens, directory, queue }
  const collector = createCollector(async (deliveries) => {
    const accepted = await acceptDeliveries(db, deliveries, clock.now())
    kick()
    return accepted
  }, collectorLimits)

  const enqueuePushConsent: Tern['enqueuePushConsent'] = (tx, person) => queue.enqueue(tx, 'push-consent', person)
  const applyMessageFacts = createMessageFacts({ enqueuePushConsent, log })
  const absorbing = { directory, pepper: secrets.pepper, applyMessageFacts, log }
  const workParts = createWorkParts(absorbing, createApplyShopFacts(jobDeps))
  const workDeps: WorkDeps = { db, clock, log, leaseMs: patience.laneLeaseMs, ...workParts }
  const clients = createSendGridClients({
    baseUrl: env.SENDGRID_BASE_URL,
    timeoutMs: patience.callMs,
    maxSockets: sendGridSockets,
    transport: parts.sendGridTransport,
  })
  const sender = createMailSender(clients)
  const defaultApiKey = env.SENDGRID_API_KEY ?? null
  const deliveryDeps = {
    db,
    clock,
    log,
    secrets,
    appUrl: env.SHOPIFY_APP_URL,
    pauses: createSenderPauses(),
    templates: createTemplateCache(),
    gate: gateMessages,
    defaultApiKey,
    leaseMs: patience.claimLeaseMs,
    sender: counters.countedSender(sender),
    realMs: parts.realMs,
    sendgridLog: createSendGridLog(clients),
  }
  return {
    ...foundation,
    secrets,
    directory,
    queue,
    collector,
    metrics,
    counters,
    jobDeps,
    enqueuePushConsent,
    mailDesk: createMailDesk({ sender, secrets, defaultApiKey }),
    sendgrid: createSendGridAccount(clients),
    workDue: (limit) => workDue(workDeps, limit),
    deliverDue: (limit) => deliverDue(deliveryDeps, limit),
    sweep: async () => (await sweepLostClaims(db, clock.now())) + (await mendLanes(foundation, counters)),
    createServer: (handleApp) =>
      createTernServer({
        directory,
        collector,
        log,
        metrics,
        handleApp,
        secrets: {
          shopify: [env.SHOPIFY_API_SECRET, env.SHOPIFY_API_SECRET_PREVIOUS].filter((secret) => secret !== undefined),
          sendGridPublicKeys: env.SENDGRID_WEBHOOK_PUBLIC_KEY,
          metricsToken: env.METRICS_TOKEN,
        },
        readiness,
      }),
    createOperatorServer: () => createOperatorServer({ log, readiness, metrics, metricsToken: env.METRICS_TOKEN }),
    stopping: () => {
      isStopping = true
    },
    close: () => clients.close(),
  }
}

async function mendLanes({ db, clock, log }: Foundation, counters: WorkCounters) {
  const mended = await sweepLanes(db, clock.now())
  counters.lostWakeUps(mended)
  if (mended > 0) log.error({ lanes: mended }, 'lane.wake_up_was_lost')
  return mended
}
