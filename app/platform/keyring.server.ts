// The database's keyring: the root of the lasting keys, sealed with the encryption key, so that this one can rotate.
import type { Database } from '#app/platform/database.server.ts'
import { createSecrets, type Secrets } from '#app/platform/secrets.server.ts'

export interface EncryptionKeys {
  ENCRYPTION_KEY: string
  ENCRYPTION_KEY_PREVIOUS?: string | undefined
}

/** The keys don't fit what the database holds; the message says what to do. */
export class WrongKeyError extends Error {
  override name = 'WrongKeyError'
}

const purpose = 'keyring root'

/**
 * The secrets of this database. The first start makes the root: of the oldest key there is, because that one made the
 * links and hashes until now.
 * @throws WrongKeyError when neither key is the one that the keyring was sealed with
 */
export async function loadSecrets(db: Database, keys: EncryptionKeys): Promise<Secrets> {
  const { ENCRYPTION_KEY: key, ENCRYPTION_KEY_PREVIOUS: previous } = keys
  const sealing = createSecrets(key, { previous })
  await db.pool.query('insert into keyring (id, root) values (1, $1) on conflict do nothing', [
    sealing.seal(previous ?? key, purpose),
  ])
  const { rows } = await db.pool.query<{ root: Buffer }>('select root from keyring where id = 1')
  return createSecrets(key, { previous, root: openRoot(sealing, rows[0]!.root) })
}

function openRoot(sealing: Secrets, sealed: Buffer): string {
  try {
    return sealing.open(sealed, purpose)
  } catch (cause) {
    throw new WrongKeyError(
      'ENCRYPTION_KEY is not the key of this database. Put the right one back; while keys are being rotated, give the old one as ENCRYPTION_KEY_PREVIOUS.',
      { cause },
    )
  }
}
