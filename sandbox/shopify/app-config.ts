// Reads shopify.app.toml: which topics the app subscribes to, where they go, and which scopes it is granted.
import { readFileSync } from 'node:fs'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { invariant } from '#app/lib/errors.ts'

interface Subscription {
  topic: string
  uri: string
  name: string | null
}

export interface AppConfig {
  name: string
  handle: string
  /** The page that the admin opens, relative to the app's own address. */
  startPath: string
  apiVersion: string
  scopes: string[]
  optionalScopes: string[]
  subscriptions: Map<string, Subscription>
  complianceTopics: Set<string>
}

/** Reads and checks the file; throws on a key that this stand-in would not honour. */
export function readAppConfig(path: string): AppConfig {
  const toml = appToml.parse(parse(readFileSync(path, 'utf8')))
  const subscriptions = new Map<string, Subscription>()
  const complianceTopics = new Set<string>()
  for (const { topics, compliance_topics, uri, name } of toml.webhooks.subscriptions) {
    for (const topic of compliance_topics) complianceTopics.add(topic)
    for (const topic of [...topics, ...compliance_topics]) {
      invariant(!subscriptions.has(topic), `${path} subscribes to ${topic} twice; the stand-in delivers to one address`)
      subscriptions.set(topic, { topic, uri, name: name ?? null })
    }
  }
  return {
    name: toml.name,
    handle: toml.handle ?? toml.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    startPath: new URL(toml.application_url).pathname,
    apiVersion: toml.webhooks.api_version,
    scopes: toml.access_scopes.scopes.split(',').map((scope) => scope.trim()),
    optionalScopes: toml.access_scopes.optional_scopes,
    subscriptions,
    complianceTopics,
  }
}

// Strict: `filter`, `include_fields` and `payload_query` change what Shopify sends, so ignoring one would be a lie.
const subscriptionToml = z.strictObject({
  topics: z.array(z.string()).default([]),
  compliance_topics: z.array(z.string()).default([]),
  uri: z.string(),
  name: z.string().optional(),
})

const appToml = z.object({
  name: z.string(),
  handle: z.string().optional(),
  application_url: z.url(),
  access_scopes: z.object({ scopes: z.string(), optional_scopes: z.array(z.string()).default([]) }),
  webhooks: z.object({ api_version: z.string(), subscriptions: z.array(subscriptionToml).default([]) }),
})
