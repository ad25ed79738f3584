// The alert rules, the numbers that exist and the page that says what to do must speak of the same things.
import { readFile } from 'node:fs/promises'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { createJobQueue } from '#app/jobs/queue.server.ts'
import { virtualClock } from '#app/platform/clock.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createIntakeCounters } from '#app/server/endpoints/intake-counters.server.ts'
import { registerStateGauges } from '#app/server/metrics/state-gauges.server.ts'
import { createWorkCounters } from '#app/server/metrics/work-counters.server.ts'
import { insertRows } from '#tests/builders/rows.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const now = new Date('2026-11-22T12:00:00Z')
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1000)
const alerts = await readFile('docs/alerts.yml', 'utf8')
const operations = await readFile('docs/operations.md', 'utf8')

test('every alert rests on numbers that exist', async () => {
  const registry = newRegistry()
  collectDefaultMetrics({ register: registry })
  const known = (await registry.getMetricsAsJSON()).map(({ name }) => name)
  const used = [...alerts.matchAll(/^ +expr: (.*)$/gm)].flatMap(
    ([, expr]) => expr!.match(/\b(tern|nodejs|process)_\w+/g) ?? [],
  )
  expect(used.length).toBeGreaterThan(15)
  expect(used.filter((name) => !known.includes(name.replace(/_(bucket|sum|count)$/, '')))).toEqual([])
})

test('every alert has an expression, a severity, and a place in the operations page that says what to do', () => {
  const rules = alerts.split('- alert: ').slice(1)
  const headings = [...operations.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
  for (const rule of rules) {
    expect(rule).toMatch(/^\w+\n +expr: .+\n/)
    expect(rule).toMatch(/severity: (page|ticket)/)
    const anchor = rule.match(/runbook: "docs\/operations\.md#([^"]+)"/)?.[1]
    expect(headings, rule.split('\n')[0]).toContain(anchor)
  }
})

test('the numbers tell of what waits, what was set aside and what the law expects', async () => {
  const queue = createJobQueue(db, silentLog, { isWorker: false })
  await queue.start()
  const shop = await buildShop(db)
  await db.pool.query(`update shop_lane set next_due_at = $2 where shop_id = $1 and lane = 'work'`, [
    shop,
    secondsAgo(90),
  ])
  const aside = { shop_id: shop, source: 'shopify', topic: 'orders/create', received_at: now, body: '\\x' }
  await insertRows(db, 'inbox', [{ ...aside, id: 1, delivery_id: 'a', set_aside_at: now }])
  await db.pool.query(
    `insert into data_request (shop_id, request_id, kind, requested_at, due_at) values ($1, '1', 'data_request', $2, $3)`,
    [shop, secondsAgo(3600), now],
  )
  const text = await newRegistry().metrics()
  await queue.stop()
  expect(text).toContain('tern_database_up 1')
  expect(text).toContain('tern_lane_overdue_seconds{lane="work"} 90')
  expect(text).toContain('tern_lanes_due{lane="work"} 1')
  expect(text).toContain('tern_lanes_due{lane="send"} 0')
  expect(text).toContain('tern_inbox_set_aside 1')
  expect(text).toContain('tern_privacy_requests_open_seconds 3600')
  expect(text).toContain('tern_shops 1')
})

test('a database that is away is a number too, and the scrape is answered', async () => {
  const away = {
    ...db,
    pool: { connect: () => Promise.reject(new Error('away')), totalCount: 0, idleCount: 0, waitingCount: 0 },
  }
  const registry = new Registry()
  registerStateGauges(registry, away as never, virtualClock(now))
  expect(await registry.metrics()).toContain('tern_database_up 0')
})

function newRegistry() {
  const registry = new Registry()
  createIntakeCounters(registry)
  createWorkCounters(registry)
  registerStateGauges(registry, db, virtualClock(now))
  return registry
}
