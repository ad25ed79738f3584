// SendGrid's own client, one for each API key: the library's default export shares its key between all who import it.
import http from 'node:http'
import https from 'node:https'
import { Client } from '@sendgrid/client'

export interface SendGridOptions {
  /** Another for the EU region. */
  baseUrl: string
  timeoutMs: number
  /** Calls at the same time; more wait for their turn before their time begins to count. */
  maxSockets: number
  /** Carries requests instead of HTTP. */
  transport?: SendGridTransport
}

export interface SendGridRequest {
  method: string
  url: string
  /** JSON. */
  data?: string
}

export interface SendGridResponse {
  status: number
  data: unknown
  headers: Record<string, string>
}

/** Answers as HTTP would. @throws Error with a `code` when there was no answer */
export type SendGridTransport = (request: SendGridRequest) => Promise<SendGridResponse>

export interface SendGridClients {
  clientFor(apiKey: string): Client
  close(): void
}

/** Clients that share kept-alive connections: over TLS that is worth more than half of a call's cost. */
export function createSendGridClients(options: SendGridOptions): SendGridClients {
  const { baseUrl, timeoutMs, maxSockets, transport } = options
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets })
  const httpsAgent = new https.Agent({ keepAlive: true, maxSockets })
  const adapter = transport && adapterOf(transport)
  const defaults = { baseUrl, timeout: timeoutMs, maxRedirects: 0, proxy: false, httpAgent, httpsAgent, adapter }
  const clients = new Map<string, Client>()
  return {
    clientFor(apiKey) {
      let client = clients.get(apiKey)
      if (!client) {
        client = new Client()
        client.setApiKey(apiKey)
        // After the key: setting a key sets the address back.
        for (const [key, value] of Object.entries(defaults)) client.setDefaultRequest(key as 'baseUrl', value as string)
        clients.set(apiKey, client)
      }
      return client
    },
    close() {
      httpAgent.destroy()
      httpsAgent.destroy()
    },
  }
}

/** What the library's HTTP client calls in the place of its own way to send. */
function adapterOf(transport: SendGridTransport) {
  return async (request: SendGridRequest) => {
    const response = await transport(request)
    if (response.status < 400) return response
    throw Object.assign(new Error(`SendGrid answered ${response.status}`), { response })
  }
}
