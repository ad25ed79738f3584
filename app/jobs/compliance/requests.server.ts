// What the privacy laws' topics ask for, kept until it is answered. Whom it is about is sealed, and gone afterwards.
import { z } from 'zod'
import type { ShopFact } from '#app/events/observation.ts'
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { Database, SystemTx } from '#app/platform/database.server.ts'
import { withSystem } from '#app/platform/database.server.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'
import { identityHash, normalisedEmail } from '#app/profiles/email-hash.ts'
import { type Erased, erasedSchema } from './person-terms.ts'

export type PrivacyFact = Extract<ShopFact, { kind: 'data_request' | 'redact_customer' | 'redact_shop' }>

const personSchema = z.object({
  customerId: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  orderIds: z.array(z.string()),
})

/** Whom a request is about, as Shopify names them. */
export type RequestedPerson = z.infer<typeof personSchema>

const pendingSchema = z.object({ person: personSchema, erased: erasedSchema.nullable().default(null) })

export interface PrivacyRequest {
  shopId: ShopId
  id: number
  requestedAt: Date
  person: RequestedPerson
  /** What was erased so far, when an erasure has begun: the last step needs to know it. */
  erased: Erased | null
}

const deadlineMs = 30 * 86_400_000
const purpose = 'privacy request'
const jobOf = {
  data_request: 'answer-data-request',
  redact_customer: 'redact-customer',
  redact_shop: 'redact-shop',
} as const

/** Keeps the request and asks for the job that answers it; a repeated request is answered again. */
export async function recordRequest(
  deps: Pick<JobDeps, 'secrets' | 'queue'>,
  tx: SystemTx,
  { shopId, fact }: { shopId: ShopId; fact: PrivacyFact },
  now: Date,
): Promise<void> {
  const person = personOf(fact)
  const [row] = await tx.rows<{ id: number }>(
    `insert into data_request (shop_id, request_id, kind, requested_at, due_at, pending)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (shop_id, kind, request_id) do update set requested_at = excluded.requested_at,
       due_at = excluded.due_at, completed_at = null, pending = excluded.pending
     returning id`,
    [
      shopId,
      requestIdOf(fact, person, deps.secrets),
      fact.kind,
      now,
      new Date(now.getTime() + deadlineMs),
      deps.secrets.seal(JSON.stringify({ person }), purpose),
    ],
  )
  await deps.queue.enqueue(tx, jobOf[fact.kind], { shopId, requestId: row!.id })
}

/** The request, unless it was answered already. */
export async function findOpenRequest(
  { db, secrets }: { db: Database; secrets: Secrets },
  shopId: ShopId,
  id: number,
): Promise<PrivacyRequest | null> {
  const [row] = await withSystem(db, (tx) =>
    tx.rows<{ requestedAt: Date; sealed: Buffer | null }>(
      `select requested_at as "requestedAt", pending as sealed from data_request
       where shop_id = $1 and id = $2 and completed_at is null`,
      [shopId, id],
    ),
  )
  if (!row?.sealed) return null
  const { person, erased } = pendingSchema.parse(JSON.parse(secrets.open(row.sealed, purpose)))
  return { shopId, id, requestedAt: row.requestedAt, person, erased }
}

/** Notes what was erased, so that a process that dies before the last step can be followed by one that knows. */
export async function noteErased(tx: SystemTx, secrets: Secrets, request: PrivacyRequest, erased: Erased) {
  const sealed = secrets.seal(JSON.stringify({ person: request.person, erased }), purpose)
  await tx.rows('update data_request set pending = $3 where shop_id = $1 and id = $2', [
    request.shopId,
    request.id,
    sealed,
  ])
}

/** The request is answered: what it said is forgotten. */
export async function completeRequest(
  tx: SystemTx,
  request: Pick<PrivacyRequest, 'shopId' | 'id'>,
  profileId: number | null,
  now: Date,
): Promise<void> {
  await tx.rows(
    `update data_request set completed_at = $3, profile_id = $4, pending = null where shop_id = $1 and id = $2`,
    [request.shopId, request.id, now, profileId],
  )
}

function personOf(fact: PrivacyFact): RequestedPerson {
  if (fact.kind === 'redact_shop') return { customerId: null, email: null, phone: null, orderIds: [] }
  const { customerId, email, phone, orderIds } = fact
  return { customerId, email: email && normalisedEmail(email), phone, orderIds }
}

/** Erasures have no number of their own: the person's keyed hash takes its place. */
function requestIdOf(fact: PrivacyFact, { customerId, email, phone }: RequestedPerson, secrets: Secrets): string {
  if (fact.kind === 'data_request') return fact.requestId
  if (fact.kind === 'redact_shop') return 'shop'
  if (customerId) return identityHash({ kind: 'customer', value: customerId }, secrets.pepper)
  if (email) return identityHash({ kind: 'email', value: email }, secrets.pepper)
  return identityHash({ kind: 'phone', value: phone ?? '' }, secrets.pepper)
}
