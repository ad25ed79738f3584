// customers/data_request: everything that Tern holds of one person, sealed, for the merchant to hand on.
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { emailHash } from '#app/profiles/email-hash.ts'
import { exportPerson } from './export-person.server.ts'
import { openExportSink } from './export-sink.server.ts'
import { findPerson } from './find-person.server.ts'
import { completeRequest, findOpenRequest } from './requests.server.ts'

export type DataRequestDeps = Pick<JobDeps, 'db' | 'clock' | 'secrets' | 'log'>

/** Safe to run again: what an earlier try has written is replaced. */
export async function answerDataRequest(
  deps: DataRequestDeps,
  job: { shopId: ShopId; requestId: number },
  signal: AbortSignal,
): Promise<void> {
  const { db, clock, secrets } = deps
  const { shopId, requestId } = job
  const request = await findOpenRequest(deps, shopId, requestId)
  if (!request) return
  const { person, domain } = await withSystem(db, async (tx) => ({
    person: await findPerson(tx, shopId, request.person),
    domain: (await tx.rows<{ domain: string }>('select domain from shop where id = $1', [shopId]))[0]!.domain,
  }))
  const emailHashes = person.emails.map((email) => emailHash(email, secrets.pepper))
  const sink = await openExportSink(deps, shopId, requestId)
  await exportPerson(db, { shopId, domain, at: clock.now(), person: { ...person, emailHashes } }, sink, signal)
  const profileId = person.profileIds[0] ?? null
  await withSystem(db, (tx) => completeRequest(tx, request, profileId, clock.now()))
  deps.log.info(job, 'data_request.answered')
}
