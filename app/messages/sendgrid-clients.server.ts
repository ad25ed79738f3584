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
}

export interface SendGridClients {
  clientFor(apiKey: string): Client
  close(): void
}

/** Clients that share kept-alive connections: over TLS that is worth more than half of a call's cost. */
export function createSendGridClients({ baseUrl, timeoutMs, maxSockets }: SendGridOptions): SendGridClients {
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets })
  const httpsAgent = new https.Agent({ keepAlive: true, maxSockets })
  const defaults = { baseUrl, timeout: timeoutMs, maxRedirects: 0, proxy: false, httpAgent, httpsAgent }
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
