// Does shopify.app.toml, by which Shopify sends webhooks, ask for what this version understands, and for this address?
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ApiVersion } from '@shopify/shopify-api'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { complianceTopics, isShopifyTopic } from '#app/events/sources/shopify/topics.ts'
import type { Env } from '#app/platform/env.server.ts'
import type { Finding } from './check.ts'

const file = path.resolve(import.meta.dirname, '../../../shopify.app.toml')

const configSchema = z.object({
  client_id: z.string(),
  application_url: z.url(),
  webhooks: z.object({
    api_version: z.string(),
    subscriptions: z.array(
      z.object({
        topics: z.array(z.string()).default([]),
        compliance_topics: z.array(z.string()).default([]),
        uri: z.string(),
      }),
    ),
  }),
})

export type AppConfigEnv = Pick<Env, 'NODE_ENV' | 'SHOPIFY_API_KEY' | 'SHOPIFY_APP_URL'>

export async function checkAppConfig(env: AppConfigEnv): Promise<Finding[]> {
  return judgeAppConfig(await readFile(file, 'utf8'), env)
}

export function judgeAppConfig(toml: string, env: AppConfigEnv): Finding[] {
  const { client_id, application_url, webhooks } = configSchema.parse(parse(toml))
  const topics = webhooks.subscriptions.flatMap((entry) => [...entry.topics, ...entry.compliance_topics])
  const unknown = topics.filter((topic) => !isShopifyTopic(topic))
  const missing = [...complianceTopics, 'app/uninstalled'].filter((topic) => !topics.includes(topic))
  const astray = webhooks.subscriptions.filter(
    ({ uri }) => !['/webhooks/shopify', '/webhooks/compliance'].includes(uri),
  )
  const isOurs = client_id === env.SHOPIFY_API_KEY
  const isHere = new URL(application_url).host === new URL(env.SHOPIFY_APP_URL).host
  return [
    ...list(
      unknown,
      'subscribes to topics that this version does not understand',
      'Remove them, then run: shopify app deploy',
    ),
    ...list(missing, 'lacks topics that an app must take', 'Add them, then run: shopify app deploy'),
    ...list(
      astray.map(({ uri }) => uri),
      'sends webhooks to addresses that nobody answers',
      'Let uri be /webhooks/shopify, then run: shopify app deploy',
    ),
    ...list(
      webhooks.api_version === ApiVersion.October26 ? [] : [webhooks.api_version],
      'asks for webhooks of another API version',
      `Let api_version be "${ApiVersion.October26}", then run: shopify app deploy`,
    ),
    // A sandbox and a developer run the file of another installation.
    ...list(
      env.NODE_ENV === 'production' && !isOurs ? [client_id] : [],
      'is of another app than SHOPIFY_API_KEY',
      deployOwn,
    ),
    ...list(
      env.NODE_ENV === 'production' && !isHere ? [application_url] : [],
      'points to another host than SHOPIFY_APP_URL',
      deployOwn,
    ),
  ]
}

const deployOwn = 'Put your own values into it, then run: shopify app deploy'

function list(items: readonly string[], what: string, mend: string): Finding[] {
  if (items.length === 0) return []
  return [{ severity: 'warning', problem: `shopify.app.toml ${what}: ${items.join(', ')}.`, mend: `${mend}.` }]
}
