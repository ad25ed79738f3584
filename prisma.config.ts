// Runs Prisma's commands on the bundled WebAssembly engines, so that no engine binary is ever downloaded.
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { defineConfig } from 'prisma/config'

// `generate` reads the schema without a database; only `migrate` connects, and it is always given the address.
process.env.DATABASE_URL ??= 'postgresql://unset.invalid/tern'

/** The schema engine cannot read `name` and `"char"` columns through the adapter; these result types are read as text. */
const readableOid = new Map([
  [19, 25],
  [1003, 1009],
  [18, 1042],
])

class SchemaEngineClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    const connection = (this as unknown as { connection: NodeJS.EventEmitter }).connection
    connection.prependListener('rowDescription', (message: { fields: { dataTypeID: number }[] }) => {
      for (const field of message.fields) field.dataTypeID = readableOid.get(field.dataTypeID) ?? field.dataTypeID
    })
  }
}

/**
 * The adapter splits a script at every semicolon, which tears a `do $$ … $$` block apart. Sent whole, PostgreSQL reads
 * it itself, and runs it as one transaction: a migration is applied wholly or not at all.
 */
async function schemaEngineAdapter() {
  const config = {
    connectionString: process.env.DATABASE_URL,
    // Whoever waits behind a migration that waits for a lock would wait too: rather give up and be started again.
    lock_timeout: Number(process.env.MIGRATION_LOCK_TIMEOUT ?? 5_000),
    max: 2,
    allowExitOnIdle: true,
    Client: SchemaEngineClient,
  } as pg.PoolConfig
  const pool = new pg.Pool(config)
  const factory = new PrismaPg(pool)
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    adapter.executeScript = async (script) => void (await pool.query(script))
    return adapter
  }
  return factory
}

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  experimental: { adapter: true },
  engine: 'js',
  adapter: schemaEngineAdapter,
})
