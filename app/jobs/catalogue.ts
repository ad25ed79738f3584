// Every background job: what it is told, and how patiently it is run. A payload written by yesterday's deploy must parse.
import { z } from 'zod'
import { shopId } from '#app/lib/ids.ts'

const ofShop = { shopId: z.int().transform(shopId) }

/** What the initial sync and the daily sweep bring over, in the order that makes the fewest half-known people. */
export const syncResources = ['customers', 'products', 'orders'] as const
export type SyncResource = (typeof syncResources)[number]

export interface JobDefinition {
  payload: z.ZodType
  /** Tries after the first one; the delay between them doubles from `retryDelaySeconds`, up to an hour. */
  retryLimit: number
  retryDelaySeconds: number
  /** How long one run may take; a worker that dies is noticed by its missing heartbeat, much earlier. */
  expireMinutes: number
  /** Jobs fetched at once. Long ones are fetched one by one, so that none waits for its neighbour. */
  batchSize: number
  pollSeconds: number
  /** Jobs with the same key never run at the same time. */
  keyOf?: (payload: Record<string, unknown>) => string
  /** When it is started by itself (cron, UTC). */
  schedule?: string
}

const patient = { retryLimit: 12, retryDelaySeconds: 15, expireMinutes: 15, batchSize: 5, pollSeconds: 5 }
const long = { ...patient, expireMinutes: 12 * 60, batchSize: 1 }
const keyOfShop = (payload: Record<string, unknown>) => `${payload.shopId}`

const catalogue = {
  // A merchant who has just installed looks at an empty page until this is done.
  'read-shop-facts': { ...patient, pollSeconds: 1, payload: z.object(ofShop), keyOf: keyOfShop },
  'sync-resource': {
    ...long,
    pollSeconds: 2,
    payload: z.object({ ...ofShop, resource: z.enum(syncResources) }),
    keyOf: (payload) => `${payload.shopId} ${payload.resource}`,
  },
  'reconcile-shop': { ...long, payload: z.object(ofShop), keyOf: keyOfShop },
  'reconcile-shops': { ...patient, payload: z.object({}), schedule: '20 3 * * *' },
  'push-consent': {
    ...patient,
    batchSize: 20,
    payload: z.object({ ...ofShop, profileId: z.int() }),
    keyOf: (payload) => `${payload.shopId} ${payload.profileId}`,
  },
  'replay-flow': {
    ...long,
    retryLimit: 2,
    pollSeconds: 1,
    payload: z.object({ ...ofShop, flowId: z.int(), runId: z.uuid() }),
    keyOf: (payload) => `${payload.shopId} ${payload.flowId} ${payload.runId}`,
  },
  'redact-customer': { ...long, payload: z.object({ ...ofShop, requestId: z.int() }), keyOf: keyOfShop },
  'redact-shop': { ...long, payload: z.object({ ...ofShop, requestId: z.int() }), keyOf: keyOfShop },
  'answer-data-request': { ...long, payload: z.object({ ...ofShop, requestId: z.int() }), keyOf: keyOfShop },
  'forget-exports': { ...patient, payload: z.object({}), schedule: '50 2 * * *' },
  'refresh-token': { ...patient, payload: z.object(ofShop), keyOf: keyOfShop },
  'refresh-tokens': { ...patient, payload: z.object({}), schedule: '40 4 * * *' },
  'maintain-partitions': { ...patient, payload: z.object({}), schedule: '10 * * * *' },
} satisfies Record<string, JobDefinition>

export type JobName = keyof typeof catalogue
export type JobInput<Name extends JobName> = z.input<(typeof catalogue)[Name]['payload']>
export type JobPayload<Name extends JobName> = z.output<(typeof catalogue)[Name]['payload']>

export const jobNames = Object.keys(catalogue) as JobName[]

/** The definition of `name`, seen through what all definitions share. */
export function jobDefinition(name: JobName): JobDefinition {
  return catalogue[name]
}

/** @throws ZodError when `data` is not what a job of this name is told */
export function parseJobPayload<Name extends JobName>(name: Name, data: unknown): JobPayload<Name> {
  // The compiler does not see that the entry and its payload belong together.
  return catalogue[name].payload.parse(data) as JobPayload<Name>
}
