// Gives what a reader decided back to Shopify, so that consent is the same everywhere.
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { updateEmailConsent } from '#app/platform/admin-api/operations.server.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { findActiveDomain } from '#app/shops/shop-facts.server.ts'

type PushConsentDeps = Pick<JobDeps, 'db' | 'log' | 'adminApi'>

interface Consent {
  customerId: string | null
  state: string
  level: string | null
  at: Date | null
}

/** Shopify takes no other states from apps. */
const writableStates: Partial<Record<string, 'SUBSCRIBED' | 'UNSUBSCRIBED'>> = {
  subscribed: 'SUBSCRIBED',
  unsubscribed: 'UNSUBSCRIBED',
}

/** Writes the profile's consent as it is now. Doing it again changes nothing; who is no customer is left alone. */
export async function pushConsent({ db, log, adminApi }: PushConsentDeps, job: { shopId: ShopId; profileId: number }) {
  const domain = await findActiveDomain(db, job.shopId)
  const consent = await withSystem(db, (tx) =>
    tx.rows<Consent>(
      `select p.shopify_customer_id as "customerId", p.consent as state, p.consent_level as level, p.consent_at as at
       from profile first
       join profile p on p.shop_id = first.shop_id and p.id = coalesce(first.merged_into, first.id)
       where first.shop_id = $1 and first.id = $2 and p.erased_at is null`,
      [job.shopId, job.profileId],
    ),
  )
  const { customerId, state, level, at } = consent[0] ?? { customerId: null, state: 'unknown', level: null, at: null }
  const marketingState = writableStates[state]
  if (domain === null || !customerId || !marketingState) return
  const emailMarketingConsent = {
    marketingState,
    ...(marketingState === 'SUBSCRIBED' && {
      marketingOptInLevel: level === 'confirmed_opt_in' ? 'CONFIRMED_OPT_IN' : 'SINGLE_OPT_IN',
    }),
    ...(at && { consentUpdatedAt: at.toISOString() }),
  }
  const answer = await adminApi.run(domain, updateEmailConsent, { input: { customerId, emailMarketingConsent } })
  const { userErrors } = answer.customerEmailMarketingConsentUpdate
  // Nothing that trying again would mend: the customer is gone, or has no address any more.
  if (userErrors.length > 0) log.warn({ ...job, codes: userErrors.map(({ code }) => code) }, 'consent.push_refused')
  else log.info({ ...job, state }, 'consent.pushed')
}
