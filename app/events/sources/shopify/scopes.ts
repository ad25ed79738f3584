// app/scopes_update: what the merchant allows Tern to see and do.
import { z } from 'zod'
import { topic } from '#app/events/sources/topic.ts'

export const scopesUpdated = topic(z.object({ current: z.array(z.string()) }), ({ current }) => ({
  shop: { kind: 'scopes' as const, scopes: current },
  events: [],
}))
