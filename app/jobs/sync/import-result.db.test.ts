import { createReadStream, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { takeInbox } from '#app/events/inbox.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { type Clock, systemClock } from '#app/platform/clock.server.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { createDownload } from '#app/platform/download.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { importResult } from './import-result.server.ts'
import { noteExport, noteResult, openRun } from './sync-runs.server.ts'

const orders = 950
const db = await createTestDatabase()
const download = createDownload({ mayBePrivate: true })
const file = join(tmpdir(), `sync-${process.pid}.jsonl`)
writeFileSync(file, resultFile())
afterAll(() => rmSync(file))

const limits = { nodesPerChunk: 100, bytesPerChunk: 1_000_000, mostPending: 100_000 }

test('every order arrives once, with all its lines, and the run counts them', async () => {
  await using server = await serve(() => Number.POSITIVE_INFINITY)
  const shop = await buildShop(db)
  await importResult(
    { db, clock: systemClock, download },
    await importing(shop, server.url),
    AbortSignal.timeout(20_000),
    limits,
  )
  await expectEverythingOnce(shop)
  const run = await readRun(shop)
  expect(run.rowsDone).toBe(orders)
  expect(run.byteOffset).toBe(statSync(file).size)
})

test('an import that breaks off anywhere goes on where it was: nothing is lost and nothing comes twice', async () => {
  // Connections are cut after an odd number of bytes, each a little later; and the process dies between the inbox
  // and its own note of it.
  let served = 0
  await using server = await serve(() => 30_011 + served++ * 7_919)
  const shop = await buildShop(db)
  await importing(shop, server.url)
  let tries = 0
  for (let isWhole = false; !isWhole; tries++) {
    const clock = tries % 2 === 0 ? dyingClock(tries + 1) : systemClock
    const run = await readRun(shop)
    isWhole = await importResult({ db, clock, download }, run, AbortSignal.timeout(20_000), limits).then(
      () => true,
      () => false,
    )
  }
  expect(tries).toBeGreaterThan(3)
  await expectEverythingOnce(shop)
  expect((await readRun(shop)).rowsDone).toBe(orders)
})

test('a second worker that takes an import over makes the first one stop', async () => {
  await using server = await serve(() => Number.POSITIVE_INFINITY)
  const shop = await buildShop(db)
  const run = await importing(shop, server.url)
  const signal = AbortSignal.timeout(20_000)
  const both = await Promise.allSettled(
    [1, 2].map(() => importResult({ db, clock: systemClock, download }, run, signal, limits)),
  )
  expect(both.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1)
  await importResult({ db, clock: systemClock, download }, await readRun(shop), signal, limits)
  await expectEverythingOnce(shop)
})

test('the import waits while the shop has too much to work off', async () => {
  await using server = await serve(() => Number.POSITIVE_INFINITY)
  const shop = await buildShop(db)
  const run = await importing(shop, server.url)
  const signal = AbortSignal.timeout(1_500)
  const waiting = importResult({ db, clock: systemClock, download }, run, signal, { ...limits, mostPending: 300 })
  await expect(waiting).rejects.toThrow()
  expect(await countPending(shop)).toBe(300)
})

async function importing(shop: ShopId, url: string) {
  const now = new Date()
  await withSystem(db, async (tx) => {
    const run = await openRun(tx, shop, 'orders', now)
    await noteExport(tx, run, 'gid://shopify/BulkOperation/1', now)
    await noteResult(tx, run, url, orders, now)
  })
  return readRun(shop)
}

async function readRun(shop: ShopId) {
  const run = await withSystem(db, (tx) => openRun(tx, shop, 'orders', new Date()))
  const { rows } = await db.pool.query<{ rowsDone: number }>(
    'select rows_done as "rowsDone" from sync_run where shop_id = $1',
    [shop],
  )
  return { ...run, rowsDone: rows[0]!.rowsDone }
}

async function expectEverythingOnce(shop: ShopId) {
  const rows = await withSystem(db, (tx) => takeInbox(tx, [shop], 10_000))
  const nodes = rows.map((row) => JSON.parse(row.body).node)
  expect(nodes.map((node) => node.name)).toEqual(Array.from({ length: orders }, (_, index) => `#${index}`))
  for (const [index, node] of nodes.entries()) expect(node.lineItems.nodes).toHaveLength(index % 5)
}

async function countPending(shop: ShopId) {
  const { rows } = await db.pool.query<{ count: number }>('select count(*) from inbox where shop_id = $1', [shop])
  return rows[0]!.count
}

/** A clock that can be read `times` times; then the process is gone. */
function dyingClock(times: number): Clock {
  let left = times
  return {
    ...systemClock,
    now() {
      if (left-- === 0) throw new Error('killed')
      return new Date()
    },
  }
}

function resultFile(): string {
  const rows: object[] = []
  for (let index = 0; index < orders; index++) {
    const id = `gid://shopify/Order/${7_000_000_000_000 + index}`
    rows.push({ id, name: `#${index}`, updatedAt: '2026-10-01T10:00:00Z', note: 'ä'.repeat(index % 40) })
    for (let line = 0; line < index % 5; line++)
      rows.push({ id: `gid://shopify/LineItem/${index * 10 + line}`, title: 'Teapot', __parentId: id })
  }
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

/** Serves the file by ranges; each connection ends after `bytesAllowed()` bytes. */
async function serve(bytesAllowed: () => number) {
  const server = createServer((request, response) => {
    const { size } = statSync(file)
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    if (start >= size) return void response.writeHead(416).end()
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': size - start })
    let left = bytesAllowed()
    const stream = createReadStream(file, { start, highWaterMark: 4_096 })
    stream.on('data', (piece) => {
      left -= piece.length
      if (left <= 0) {
        stream.destroy()
        response.socket?.destroySoon()
      } else response.write(piece)
    })
    stream.on('end', () => response.end())
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const { port } = server.address() as AddressInfo
  async function close() {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://localhost:${port}`, [Symbol.asyncDispose]: close }
}
