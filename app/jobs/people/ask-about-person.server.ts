// A merchant asks for everything about a person, or for their erasure: the same way as when Shopify passes it on.
import { recordRequest } from '#app/jobs/compliance/requests.server.ts'
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { findProfile, type ProfileDetails } from '#app/profiles/profile-details.server.ts'
import { noteAudit } from '#app/shops/audit.server.ts'

export type AskAboutPersonDeps = Pick<JobDeps, 'db' | 'clock' | 'secrets' | 'queue'>

export interface AskedByHand {
  shopId: ShopId
  profileId: ProfileId
  actor: string
}

/** False when nobody is there whom a request could name. */
export function askForExport(deps: AskAboutPersonDeps, asked: AskedByHand): Promise<boolean> {
  return ask(deps, asked, 'profile.export_asked', (person) => ({
    kind: 'data_request',
    requestId: `profile ${asked.profileId}`,
    ...person,
  }))
}

/** As `askForExport`; what is erased can't be brought back. */
export function askForErasure(deps: AskAboutPersonDeps, asked: AskedByHand): Promise<boolean> {
  return ask(deps, asked, 'profile.erasure_asked', (person) => ({ kind: 'redact_customer', ...person }))
}

type Fact = Parameters<typeof recordRequest>[2]['fact']
interface NamedPerson {
  customerId: string | null
  email: string | null
  phone: string | null
  orderIds: string[]
}

function ask(
  deps: AskAboutPersonDeps,
  { shopId, profileId, actor }: AskedByHand,
  action: string,
  factOf: (person: NamedPerson) => Fact,
): Promise<boolean> {
  const now = deps.clock.now()
  return withSystem(deps.db, async (tx) => {
    const profile = await findProfile({ ...tx, shopId }, profileId)
    const person = profile && namesOf(profile)
    if (!person) return false
    await recordRequest(deps, tx, { shopId, fact: factOf(person) }, now)
    await noteAudit(tx, shopId, { actor, action, subject: 'profile', profileId }, now)
    return true
  })
}

function namesOf({ erasedAt, mergedInto, shopifyCustomerId, email, phone }: ProfileDetails): NamedPerson | null {
  if (erasedAt || mergedInto || !(shopifyCustomerId || email || phone)) return null
  return { customerId: shopifyCustomerId, email, phone, orderIds: [] }
}
