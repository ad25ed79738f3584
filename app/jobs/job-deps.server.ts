// What the background jobs are given to work with.
import type { JobQueue } from '#app/jobs/queue.server.ts'
import type { AdminApi } from '#app/platform/admin-api/client.server.ts'
import type { Clock } from '#app/platform/clock.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { Download } from '#app/platform/download.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'
import type { ShopTokens } from '#app/shops/access-tokens.server.ts'
import type { ShopDirectory } from '#app/shops/directory.server.ts'

export interface JobDeps {
  db: Database
  clock: Clock
  log: Log
  secrets: Secrets
  adminApi: AdminApi
  /** Fetches files that others name. */
  download: Download
  tokens: ShopTokens
  directory: Pick<ShopDirectory, 'forget'>
  queue: Pick<JobQueue, 'enqueue' | 'hurry'>
}
