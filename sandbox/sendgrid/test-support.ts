// What the stand-in's tests share: a valid mail, a way to post it, and a receiver for event batches.
import { createPublicKey, verify } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readBody } from './http.ts'
import type { SendGridEvent } from './model.ts'
import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from './signature.ts'
import type { SendGridStandIn } from './stand-in.ts'

export type MailFields = Record<string, unknown>

/** A body that SendGrid accepts, with `overrides` at its top level. */
export function mailBody(overrides: MailFields = {}): MailFields {
  return {
    personalizations: [{ to: [{ email: 'ann@example.com', name: 'Ann' }], custom_args: { message_id: 'm-1' } }],
    from: { email: 'shop@example.com', name: 'Café Lune' },
    subject: 'Your cart',
    content: [
      { type: 'text/plain', value: 'Hello' },
      { type: 'text/html', value: '<p>Hello <a href="https://shop.example/?a=1&amp;b=2">there</a></p>' },
    ],
    ...overrides,
  }
}

/** A mail to one address with one message id. */
export function mailTo(email: string, messageId: string, overrides: MailFields = {}): MailFields {
  return mailBody({ personalizations: [{ to: [{ email }], custom_args: { message_id: messageId } }], ...overrides })
}

/** Posts a body to mail/send with the stand-in's key; a string goes out as it is. */
export function send(standIn: SendGridStandIn, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${standIn.url}/v3/mail/send`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${standIn.apiKey}`, 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

export type ReceivedBatch = { body: Buffer; signature: string; timestamp: string; events: SendGridEvent[] }

/** An HTTP server that keeps every batch posted to it and answers what `status()` says. */
export async function startReceiver(status: () => number = () => 200) {
  const batches: ReceivedBatch[] = []
  const server = createServer(async (request, response) => {
    const body = (await readBody(request, 10_000_000)) ?? Buffer.alloc(0)
    batches.push({
      body,
      signature: String(request.headers[SIGNATURE_HEADER.toLowerCase()]),
      timestamp: String(request.headers[TIMESTAMP_HEADER.toLowerCase()]),
      events: JSON.parse(body.toString('utf8')),
    })
    response.writeHead(status()).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/`,
    batches,
    events: () => batches.flatMap((batch) => batch.events),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Whether a batch is signed by the owner of `publicKey`, over exactly these bytes. */
export function isSigned(batch: ReceivedBatch, publicKey: string): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  const signed = Buffer.concat([Buffer.from(batch.timestamp), batch.body])
  return verify('sha256', signed, key, Buffer.from(batch.signature, 'base64'))
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the receiver listens on a TCP port')
  return address.port
}
