// The command `npm run rotate-keys`: seals everything anew with ENCRYPTION_KEY. docs/operations.md says when.

import { openDatabase } from '#app/platform/database.server.ts'
import { startEmbeddedPostgres } from '#app/platform/embedded-postgres.server.ts'
import { readEnv } from '#app/platform/env.server.ts'
import { loadSecrets } from '#app/platform/keyring.server.ts'
import { rotateKeys } from '#app/platform/keys/rotate-keys.server.ts'

const env = readEnv(process.env)
const postgres = env.DATABASE_URL ? null : await startEmbeddedPostgres('.data/postgres')
const db = openDatabase(env.DATABASE_URL ?? postgres!.url, 2)
try {
  const resealed = await rotateKeys(db, await loadSecrets(db, env))
  console.log(`Sealed anew: ${resealed}. Nothing needs ENCRYPTION_KEY_PREVIOUS any more: take it away and restart.`)
} finally {
  await db.close()
  await postgres?.stop()
}
