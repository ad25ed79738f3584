// A load generator in a process of its own: sends signed webhooks over keep-alive connections, one at a time on each.
import { fork } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

const orderSchema = z.object({
  port: z.number(),
  domains: z.array(z.string()),
  secret: z.string(),
  connections: z.number(),
  requests: z.number(),
  /** Sent at this pace, and each timed from when it was due: a slow answer does not hide those behind it. */
  perSecond: z.number().optional(),
})
export type LoadOrder = z.infer<typeof orderSchema>

const resultSchema = z.object({ latenciesMs: z.array(z.number()), refused: z.number() })
export type LoadResult = z.infer<typeof resultSchema>

export interface LoadGenerator {
  /** Sends `order.requests` webhooks, each new, and returns how long each took. */
  run(order: LoadOrder): Promise<LoadResult>
  stop(): void
}

export function startLoadGenerator(): LoadGenerator {
  const child = fork(import.meta.filename, [], { env: { ...process.env, TERN_LOAD_GENERATOR: '1' } })
  return {
    async run(order) {
      child.send(order)
      const [message] = await once(child, 'message')
      return resultSchema.parse(message)
    },
    stop: () => child.disconnect(),
  }
}

/** A cart's webhook of 1.5 kB, its lines made from `seed`. */
function cartBody(seed: number): string {
  const line = (n: number) => ({
    id: 40_000_000_000_000 + seed * 7 + n,
    quantity: 1 + (n % 3),
    variant_id: 40_000_000_000_000 + seed * 7 + n,
    key: `${seed}:${(seed * 2_654_435_761).toString(16)}`,
    title: `Tea of harvest ${seed} in the tin with the tern on it`,
    price: `${n}9.90`,
    line_price: `${n}9.90`,
    product_id: 8_000_000_000_000 + seed,
    sku: `TEA-${seed}-${n}`,
    vendor: 'Harbour Goods',
  })
  const token = `Z2NwLWV1cm9wZS13ZXN0${seed}`
  const times = { updated_at: '2026-11-22T12:00:00.000Z', created_at: '2026-11-22T11:00:00.000Z' }
  return JSON.stringify({ id: token, token, line_items: [1, 2, 3, 4, 5].map(line), note: null, ...times })
}

interface Prepared {
  head: string
  body: string
}

function prepare({ domains, secret }: LoadOrder): Prepared[] {
  return Array.from({ length: Math.max(500, domains.length) }, (_, seed) => {
    const body = cartBody(seed)
    const signature = createHmac('sha256', secret).update(body).digest('base64')
    const head = [
      'POST /webhooks/shopify HTTP/1.1',
      'host: tern.example',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      'x-shopify-topic: carts/update',
      `x-shopify-shop-domain: ${domains[seed % domains.length]}`,
      'x-shopify-api-version: 2026-10',
      `x-shopify-triggered-at: ${new Date().toISOString()}`,
      `x-shopify-hmac-sha256: ${signature}`,
    ]
    return { head: head.join('\r\n'), body }
  })
}

async function generate(order: LoadOrder): Promise<LoadResult> {
  const webhooks = prepare(order)
  const latenciesMs: number[] = []
  let refused = 0
  let started = 0
  const firstMs = performance.now()

  async function sendOnOneConnection() {
    const socket = connect(order.port, '127.0.0.1').setNoDelay()
    await once(socket, 'connect')
    while (started < order.requests) {
      const turn = started++
      const { head, body } = webhooks[turn % webhooks.length]!
      const dueMs = order.perSecond ? firstMs + (turn * 1000) / order.perSecond : 0
      if (dueMs > performance.now()) await delay(dueMs - performance.now())
      const beganMs = dueMs || performance.now()
      socket.write(`${head}\r\nx-shopify-webhook-id: ${randomUUID()}\r\n\r\n${body}`)
      const [answer] = await once(socket, 'data')
      latenciesMs.push(performance.now() - beganMs)
      if (!String(answer).startsWith('HTTP/1.1 200')) refused += 1
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: order.connections }, sendOnOneConnection))
  return { latenciesMs, refused }
}

if (process.env.TERN_LOAD_GENERATOR)
  process.on('message', async (message) => process.send!(await generate(orderSchema.parse(message))))
