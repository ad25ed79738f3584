// Runs a batch of jobs with one outcome each: a bad one doesn't make its neighbours run again.
import type { Job, JobResult } from 'pg-boss'
import { type JobName, type JobPayload, parseJobPayload } from '#app/jobs/catalogue.ts'
import { errorInWords } from '#app/lib/discreet.ts'
import type { Log } from '#app/platform/log.server.ts'

/** `signal` aborts when the job took too long or the worker stops. */
export type JobHandler<Name extends JobName> = (payload: JobPayload<Name>, signal: AbortSignal) => Promise<void>

/** What pg-boss calls with a batch of jobs of `name`. */
export function jobRunner<Name extends JobName>(name: Name, handler: JobHandler<Name>, log: Log) {
  async function run(job: Job): Promise<JobResult> {
    try {
      await handler(parseJobPayload(name, job.data ?? {}), job.signal)
      log.debug({ job: name, id: job.id }, 'job.done')
      return { id: job.id, status: 'completed' }
    } catch (error) {
      log.warn({ job: name, id: job.id, tries: job.retryCount + 1, error: errorInWords(error) }, 'job.failed')
      return {
        id: job.id,
        status: 'failed',
        output: { message: errorInWords(error) },
      }
    }
  }
  return (jobs: Job[]) => Promise.all(jobs.map(run))
}
