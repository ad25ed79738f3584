import { expect, test } from 'vitest'
import { messageId, profileId, shopId } from '#app/lib/ids.ts'
import { readerLinks, readReaderToken } from '#app/messages/links.server.ts'
import { loadSecrets, WrongKeyError } from '#app/platform/keyring.server.ts'
import { rotateKeys } from '#app/platform/keys/rotate-keys.server.ts'
import { sealedColumns } from '#app/platform/keys/sealed-columns.ts'
import { createSecrets, type Secrets } from '#app/platform/secrets.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const key = (fill: number) => Buffer.alloc(32, fill).toString('base64')
const [oldKey, newKey] = [key(1), key(2)]

test('a rotation under way and when it is done: everything opens, links and hashes hold, and the old key is not needed', async () => {
  await db.pool.query('delete from keyring')
  // Sealed before there was a keyring, by a process that named no key.
  const before = await loadSecrets(db, { ENCRYPTION_KEY: oldKey })
  await fillSealedColumns(before)
  const token = { shopId: shopId(1), profileId: profileId(2), messageId: messageId(crypto.randomUUID()) }
  const link = readerLinks('https://tern.example', before, token).unsubscribe.split('/').at(-1)!

  const during = await loadSecrets(db, { ENCRYPTION_KEY: newKey, ENCRYPTION_KEY_PREVIOUS: oldKey })
  await expectAllToOpen(during)
  expect(await rotateKeys(db, during)).toBe(sealedColumns.length)
  expect(await rotateKeys(db, during)).toBe(0)

  const after = await loadSecrets(db, { ENCRYPTION_KEY: newKey })
  await expectAllToOpen(after)
  expect(readReaderToken(after, link)).toEqual(token)
  expect(after.pepper).toBe(before.pepper)
  await expect(loadSecrets(db, { ENCRYPTION_KEY: oldKey })).rejects.toThrow(WrongKeyError)
})

test('what an earlier version sealed, without the name of a key, is opened and sealed anew', () => {
  const secrets = createSecrets(newKey, { previous: oldKey })
  const unnamed = createSecrets(oldKey).sealLasting('a token', 'session')
  expect(secrets.open(unnamed, 'session')).toBe('a token')
  expect(createSecrets(newKey).open(secrets.reseal(unnamed, 'session')!, 'session')).toBe('a token')
})

test('every column of bytes is either sealed, and sealed anew when keys rotate, or known to be plain', async () => {
  const { rows } = await db.pool.query<{ column: string }>(
    `select table_name || '.' || column_name as column from information_schema.columns
     where table_schema = 'public' and data_type = 'bytea' order by 1`,
  )
  const sealed = sealedColumns.map(({ table, column }) => `${table}.${column}`)
  const plain = ['inbox.body', 'inbox_archive.body']
  expect(rows.map(({ column }) => column).filter((name) => !sealed.includes(name))).toEqual(plain)
})

async function fillSealedColumns(secrets: Secrets) {
  const shop = await buildShop(db)
  const sealed = Object.fromEntries(sealedColumns.map(({ table, purpose }) => [table, secrets.seal('secret', purpose)]))
  await db.pool.query('update sender set sendgrid_key = $2 where shop_id = $1', [shop, sealed.sender])
  const token = sealed.session!.toString('base64')
  await db.pool.query(
    `insert into session (id, shop, state, "accessToken", "refreshToken") values ('1', 'x', '', $1, $1), ('2', 'y', '', '', null)`,
    [token],
  )
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into data_request (shop_id, request_id, kind, requested_at, due_at, pending)
     values ($1, '1', 'data_request', now(), now(), $2) returning id`,
    [shop, sealed.data_request],
  )
  await db.pool.query(
    'insert into data_export_chunk (shop_id, data_request_id, place, sealed) values ($1, $2, 0, $3)',
    [shop, rows[0]!.id, sealed.data_export_chunk],
  )
}

async function expectAllToOpen(secrets: Secrets) {
  for (const { table, column, purpose, encoding } of sealedColumns) {
    const { rows } = await db.pool.query<{ value: Buffer | string }>(
      `select "${column}" as value from ${table} where "${column}" is not null and length("${column}") > 0`,
    )
    expect([table, rows.length]).toEqual([table, 1])
    const value = rows[0]!.value
    const bytes = encoding === 'base64' ? Buffer.from(String(value), 'base64') : Buffer.from(value as Buffer)
    expect(secrets.open(bytes, purpose)).not.toBe('')
  }
}
