// Lets go of exported data that nobody can still be about to download: a copy of a person is kept no longer than needed.
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import { withSystem } from '#app/platform/database.server.ts'

const keptMs = 30 * 86_400_000

export async function forgetExports({ db, clock, log }: Pick<JobDeps, 'db' | 'clock' | 'log'>): Promise<void> {
  const before = new Date(clock.now().getTime() - keptMs)
  const gone = await withSystem(db, (tx) =>
    tx.rows<{ place: number }>(
      `delete from data_export_chunk c using data_request r
       where r.shop_id = c.shop_id and r.id = c.data_request_id and r.completed_at < $1 returning c.place`,
      [before],
    ),
  )
  log.info({ pieces: gone.length }, 'exports.forgotten')
}
