// What an account can be set up with by API: who hears of events, with a signature, and whose domain it sends for.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { answerErrors, answerJson, isPlainJson, parseJson, readBody } from './http.ts'
import type { ApiKey } from './model.ts'
import { derivedId } from './random.ts'
import { answerRefusal } from './refusals.ts'
import domainSpec from './spec/domain-authentication.json' with { type: 'json' }
import webhookSpec from './spec/webhooks.json' with { type: 'json' }

export type Account = {
  publicKey: string
  seed: string
  /** How often SendGrid must be asked until it sees the DNS records of a domain. */
  checksUntilValid: number
  onEventWebhook(url: string | null): void
  findApiKey(request: IncomingMessage): ApiKey | null
}

type Webhook = { id: string; enabled: boolean; url: string; [name: string]: unknown }
type Domain = { id: number; domain: string; checks: number }
type WebhookRequest = { enabled?: boolean; url: string }

const MAX_BYTES = 100_000
const ajv = new Ajv2020({ strict: false })
const isWebhookRequest = ajv.compile<WebhookRequest>({
  ...webhookSpec.components.schemas.EventWebhookRequest,
  additionalProperties: false,
})
const signedBody = webhookSpec.paths['/v3/user/webhooks/event/settings/signed/{id}'].patch.requestBody
const isSignedRequest = ajv.compile<{ enabled: boolean }>(signedBody.content['application/json'].schema)
const domainBody = domainSpec.paths['/v3/whitelabel/domains'].post.requestBody
const isDomainRequest = ajv.compile<{ domain: string }>({
  ...domainBody.content['application/json'].schema,
  additionalProperties: false,
})

const SETTINGS = '/v3/user/webhooks/event/settings'
const DOMAINS = '/v3/whitelabel/domains'

/** Answers below `/v3/user/webhooks/event` and `/v3/whitelabel`; false for what is elsewhere. */
export function createAccount(account: Account) {
  const webhooks = new Map<string, Webhook>()
  const domains: Domain[] = []

  const routes: Route[] = [
    [
      'GET',
      new RegExp(`^${SETTINGS}/all$`),
      'user.webhooks.event.settings.read',
      ({ response }) => answerJson(response, 200, { max_allowed: 5, webhooks: [...webhooks.values()] }),
    ],
    [
      'POST',
      new RegExp(`^${SETTINGS}$`),
      'user.webhooks.event.settings.create',
      ({ response, body }) => {
        if (!isWebhookRequest(body)) return answerErrors(response, 400, [invalid])
        if ([...webhooks.values()].some(({ url }) => url === body.url)) return answerErrors(response, 400, [invalid])
        return saveWebhook(response, 201, derivedId(`${account.seed}/webhook/${webhooks.size}`, 22), body)
      },
    ],
    [
      'PATCH',
      new RegExp(`^${SETTINGS}/signed/([^/]+)$`),
      'user.webhooks.event.settings.update',
      ({ response, body, id }) => {
        if (!isSignedRequest(body)) return answerErrors(response, 400, [invalid])
        if (!webhooks.has(id)) return answerErrors(response, 404, [{ ...invalid, message: 'Invalid id provided.' }])
        return answerJson(response, 200, { id, public_key: body.enabled ? account.publicKey : '' })
      },
    ],
    [
      'PATCH',
      new RegExp(`^${SETTINGS}/([^/]+)$`),
      'user.webhooks.event.settings.update',
      ({ response, body, id }) => {
        if (!isWebhookRequest(body)) return answerErrors(response, 400, [invalid])
        if (!webhooks.has(id)) return answerErrors(response, 404, [{ ...invalid, message: 'Invalid id provided.' }])
        return saveWebhook(response, 200, id, body)
      },
    ],
    [
      'GET',
      new RegExp(`^${DOMAINS}$`),
      'whitelabel.read',
      ({ response, query }) => {
        const asked = query.get('domain')
        return answerJson(response, 200, domains.filter(({ domain }) => !asked || domain === asked).map(asDomain))
      },
    ],
    [
      'POST',
      new RegExp(`^${DOMAINS}$`),
      'whitelabel.create',
      ({ response, body }) => {
        if (!isDomainRequest(body) || !/^[\w-]+(\.[\w-]+)+$/.test(body.domain))
          return answerErrors(response, 400, [invalid])
        const domain = { id: 1000 + domains.length, domain: body.domain, checks: 0 }
        domains.push(domain)
        return answerJson(response, 201, asDomain(domain))
      },
    ],
    [
      'POST',
      new RegExp(`^${DOMAINS}/(\\d+)/validate$`),
      'whitelabel.update',
      ({ response, id }) => {
        const domain = domains.find((each) => String(each.id) === id)
        if (!domain) return answerRefusal(response, 404)
        domain.checks++
        const { valid, dns } = asDomain(domain)
        const results = Object.entries(dns).map(([name, record]) => [
          name,
          { valid: record.valid, reason: record.valid ? null : 'Expected CNAME was not found.' },
        ])
        return answerJson(response, 200, { id: domain.id, valid, validation_results: Object.fromEntries(results) })
      },
    ],
  ]

  function saveWebhook(response: ServerResponse, status: number, id: string, body: WebhookRequest) {
    const webhook = { enabled: true, ...body, id }
    webhooks.set(id, webhook)
    account.onEventWebhook(webhook.enabled ? webhook.url : null)
    return answerJson(response, status, webhook)
  }

  function asDomain({ id, domain, checks }: Domain) {
    const valid = checks >= account.checksUntilValid
    const record = (host: string, data: string) => ({ valid, type: 'cname', host: `${host}.${domain}`, data })
    const dns = {
      mail_cname: record('em1', 'u7.wl.sendgrid.net'),
      dkim1: record('s1._domainkey', 's1.domainkey.u7.wl.sendgrid.net'),
      dkim2: record('s2._domainkey', 's2.domainkey.u7.wl.sendgrid.net'),
    }
    const fixed = { user_id: 7, subdomain: 'em1', username: 'sandbox', ips: [], custom_spf: false, default: false }
    return { id, ...fixed, domain, legacy: false, automatic_security: true, valid, dns }
  }

  return async function answerAccount(request: IncomingMessage, response: ServerResponse, path: string) {
    const here = routes.filter(([, pattern]) => pattern.test(path))
    if (here.length === 0) return answerRefusal(response, 404)
    const [, pattern, scope, act] = here.find(([method]) => method === request.method) ?? []
    if (!pattern || !scope || !act) return answerRefusal(response, 405)
    const apiKey = account.findApiKey(request)
    if (!apiKey) return answerRefusal(response, 401)
    if (!apiKey.scopes.includes(scope)) return answerRefusal(response, 403)
    const raw = await readBody(request, MAX_BYTES)
    if (!raw) return answerRefusal(response, 413)
    if (raw.length > 0 && !isPlainJson(request)) return answerRefusal(response, 415)
    const query = new URL(request.url ?? '/', 'http://sendgrid').searchParams
    act({ response, body: raw.length > 0 ? parseJson(raw) : undefined, id: pattern.exec(path)?.[1] ?? '', query })
  }
}

type Call = { response: ServerResponse; body: unknown; id: string; query: URLSearchParams }
type Route = [method: string, pattern: RegExp, scope: string, act: (call: Call) => void]

const invalid = { message: 'The request is not valid.', field: null, help: null }
