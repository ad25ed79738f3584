// customers/redact: the person is gone from every table when this has run, and old data does not bring them back.
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import { withHeldLane } from '#app/jobs/lifecycle/hold-lane.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { eraseArchived, erasePending } from './erase-deliveries.server.ts'
import { erasePerson } from './erase-person.server.ts'
import { findPerson } from './find-person.server.ts'
import { completeRequest, findOpenRequest, noteErased, type PrivacyRequest } from './requests.server.ts'

export type RedactDeps = Pick<JobDeps, 'db' | 'clock' | 'secrets' | 'log'>

/** Safe to run again from any point: what the first step found is kept, sealed, until the last one is done. */
export async function redactCustomer(
  deps: RedactDeps,
  job: { shopId: ShopId; requestId: number },
  signal: AbortSignal,
): Promise<void> {
  const { shopId } = job
  const request = await findOpenRequest(deps, shopId, job.requestId)
  if (!request) return
  const erased = request.erased ?? (await eraseState(deps, request, signal))
  await eraseArchived(deps.db, shopId, erased, signal)
  const profileId = erased.profileIds[0] ?? null
  await withSystem(deps.db, (tx) => completeRequest(tx, request, profileId, deps.clock.now()))
  deps.log.info({ shopId, requestId: job.requestId, profiles: erased.profileIds.length }, 'customer.redacted')
}

function eraseState({ db, clock, secrets }: RedactDeps, request: PrivacyRequest, signal: AbortSignal) {
  const { shopId, person } = request
  return withHeldLane(db, shopId, signal, async (tx) => {
    const erased = await findPerson(tx, shopId, person)
    await erasePending(tx, shopId, erased)
    await erasePerson(tx, shopId, erased, secrets.pepper, clock.now())
    await noteErased(tx, secrets, request, erased)
    return erased
  })
}
