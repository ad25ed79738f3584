// A shop's SendGrid account, as far as setting it up goes: what the key may do, who hears of events, whose domain it is.
import type { Client } from '@sendgrid/client'
import { z } from 'zod'
import type { SendGridClients } from './sendgrid-clients.server.ts'
import { type DomainState, neededScope, setUpScopes } from './sendgrid-set-up.ts'

/** What can be expected to go wrong, in words that pages know; anything else is thrown. */
export type Trouble = 'key_refused' | 'scope_missing' | 'unavailable' | 'refused'
export type Outcome<Value> = { ok: true; value: Value } | { ok: false; trouble: Trouble }

export interface SendGridAccount {
  /** Which of the scopes that Tern can use the key lacks. */
  missingScopes(apiKey: string): Promise<Outcome<string[]>>
  /** Has all events sent to `url`, signed; the value is the public key of the signature. */
  setUpEvents(apiKey: string, url: string): Promise<Outcome<string>>
  /** Begins to authenticate `domain`, or finds it begun. */
  authenticateDomain(apiKey: string, domain: string): Promise<Outcome<DomainState>>
  /** Has SendGrid look at the DNS once more. */
  checkDomain(apiKey: string, domain: DomainState): Promise<Outcome<DomainState>>
}

export function createSendGridAccount(clients: SendGridClients): SendGridAccount {
  const using = (apiKey: string) => clients.clientFor(apiKey)
  return {
    missingScopes: (apiKey) =>
      asOutcome(async () => {
        const { scopes } = await ask(using(apiKey), scopesSchema, { method: 'GET', url: '/v3/scopes' })
        return [neededScope, ...setUpScopes].filter((scope) => !scopes.includes(scope))
      }),
    setUpEvents: (apiKey, url) => asOutcome(() => setUpEvents(using(apiKey), url)),
    authenticateDomain: (apiKey, domain) => asOutcome(() => authenticateDomain(using(apiKey), domain)),
    checkDomain: (apiKey, domain) => asOutcome(() => checkDomain(using(apiKey), domain)),
  }
}

const scopesSchema = z.object({ scopes: z.array(z.string()) })
const webhookSchema = z.object({ id: z.string(), url: z.string() })
const webhooksSchema = z.object({ webhooks: z.array(webhookSchema) })
const signedSchema = z.object({ public_key: z.string().min(1) })
const recordSchema = z.object({ host: z.string(), type: z.string(), data: z.string(), valid: z.boolean() })
const domainSchema = z.object({
  id: z.number(),
  domain: z.string(),
  valid: z.boolean(),
  dns: z.record(z.string(), recordSchema),
})
const validationSchema = z.object({
  valid: z.boolean(),
  validation_results: z.record(z.string(), z.object({ valid: z.boolean() })),
})

const heardEvents = [
  'processed',
  'deferred',
  'delivered',
  'bounce',
  'dropped',
  'open',
  'click',
  'spam_report',
  'unsubscribe',
  'group_unsubscribe',
]

async function setUpEvents(client: Client, url: string): Promise<string> {
  const settings = '/v3/user/webhooks/event/settings'
  const { webhooks } = await ask(client, webhooksSchema, { method: 'GET', url: `${settings}/all` })
  const body = {
    enabled: true,
    url,
    friendly_name: 'Tern',
    ...Object.fromEntries(heardEvents.map((name) => [name, true])),
  }
  const known = webhooks.find((webhook) => webhook.url === url)
  const { id } = known
    ? await ask(client, webhookSchema, { method: 'PATCH', url: `${settings}/${known.id}`, body })
    : await ask(client, webhookSchema, { method: 'POST', url: settings, body })
  const signing = { method: 'PATCH', url: `${settings}/signed/${id}`, body: { enabled: true } } as const
  return (await ask(client, signedSchema, signing)).public_key
}

async function authenticateDomain(client: Client, domain: string): Promise<DomainState> {
  const place = '/v3/whitelabel/domains'
  const known = await ask(client, z.array(domainSchema), {
    method: 'GET',
    url: `${place}?domain=${encodeURIComponent(domain)}`,
  })
  const same = known.find((each) => each.domain === domain)
  if (same) return stateOf(same)
  const body = { domain, automatic_security: true, default: false }
  return stateOf(await ask(client, domainSchema, { method: 'POST', url: place, body }))
}

async function checkDomain(client: Client, state: DomainState): Promise<DomainState> {
  const url = `/v3/whitelabel/domains/${state.id}/validate`
  const { valid, validation_results } = await ask(client, validationSchema, { method: 'POST', url })
  const records = state.records.map((record) => ({
    ...record,
    isValid: validation_results[record.name]?.valid ?? record.isValid,
  }))
  return { ...state, isValid: valid, records }
}

function stateOf({ id, domain, valid, dns }: z.infer<typeof domainSchema>): DomainState {
  const records = Object.entries(dns).map(([name, { host, type, data, valid }]) => ({
    name,
    host,
    type,
    data,
    isValid: valid,
  }))
  return { id, domain, isValid: valid, records }
}

interface Question {
  method: 'GET' | 'POST' | 'PATCH'
  url: string
  body?: object
}

async function ask<Value>(client: Client, schema: z.ZodType<Value>, question: Question): Promise<Value> {
  const [, body]: [unknown, unknown] = await client.request(question)
  return schema.parse(body)
}

async function asOutcome<Value>(work: () => Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return { ok: false, trouble: troubleOf(error) }
  }
}

const statusSchema = z.object({ code: z.union([z.number(), z.string()]) })

function troubleOf(error: unknown): Trouble {
  const read = statusSchema.safeParse(error)
  if (!read.success) throw error
  const { code } = read.data
  if (code === 401) return 'key_refused'
  if (code === 403) return 'scope_missing'
  return typeof code === 'number' && code >= 400 && code < 500 && code !== 429 ? 'refused' : 'unavailable'
}
