// The whole product in one run: what a person sees who types `npm run demo`, ended after twenty seconds.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { z } from 'zod'

const report = z.object({
  webhooks: z.object({ sent: z.int(), accepted: z.int(), duplicate: z.int(), rejected: z.int() }),
  profiles: z.int(),
  orders: z.int(),
  currency: z.string(),
  flows: z.record(z.string(), z.object({ enrolled: z.int(), sent: z.int() })),
  messages: z.record(z.string(), z.int()),
  mail: z.object({ received: z.int(), distinctMessageIds: z.int() }),
  wallSeconds: z.number(),
  cpuSeconds: z.number(),
})

test('the demo tells a shop’s life, sends every mail once, reports and leaves nothing running', {
  timeout: 240_000,
}, async () => {
  const args = ['sandbox/demo.ts', '--headless', '--for', '20', '--port', '4700']
  const demo = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const [output, told, [exitCode]] = await Promise.all([text(demo.stdout), text(demo.stderr), once(demo, 'exit')])
  expect(exitCode, told).toBe(0)

  const { webhooks, mail, messages, flows, ...shop } = report.parse(JSON.parse(output.trim().split('\n').at(-1)!))
  expect(webhooks.sent).toBeGreaterThan(0)
  expect(webhooks.accepted).toBe(webhooks.sent - webhooks.rejected)
  expect(shop.currency).toBe('GBP')
  expect(Math.min(shop.profiles, shop.orders, shop.cpuSeconds, shop.wallSeconds)).toBeGreaterThan(0)
  expect(mail.received).toBeGreaterThan(0)
  expect(mail.distinctMessageIds).toBe(mail.received)
  expect(sum(Object.values(flows).map(({ sent }) => sent))).toBe(mail.received)
  expect(messages).not.toHaveProperty('unknown')

  const ports = [...told.matchAll(/(?:localhost|127\.0\.0\.1):(\d+)/g)].map((match) => Number(match[1]))
  expect(new Set(ports).size).toBe(4)
  expect(await Promise.all(ports.map(isListening))).toEqual(ports.map(() => false))
})

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  return once(socket, 'connect')
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy())
}
