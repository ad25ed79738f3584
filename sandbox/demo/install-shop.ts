// Installs Tern as a merchant's browser does: from the admin's install page, through the frame, to Tern's first page.
import { z } from 'zod'
import { type ShopId, shopId } from '#app/lib/ids.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { StandIn } from '#sandbox/shopify/stand-in.ts'

const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const known = z.tuple([z.object({ id: z.int() })], { error: 'Tern does not know the shop after its installation.' })

/** Follows the admin's install page; Tern has exchanged its token and knows the shop when this returns. */
export async function installShop(db: Database, shopify: StandIn, domain: string): Promise<ShopId> {
  const admin = await look(shopify.installUrl())
  const frame = /<iframe[^>]*\bsrc="([^"]+)"/.exec(admin)?.[1]
  if (!frame) throw new Error('The admin shows no app after the installation.')
  await look(decodeEntities(frame))
  const { rows } = await db.pool.query('select id from shop where domain = $1 and uninstalled_at is null', [domain])
  return shopId(known.parse(rows)[0].id)
}

async function look(url: string): Promise<string> {
  const headers = { 'user-agent': browser, accept: 'text/html', 'accept-language': 'en' }
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(30_000) })
  const page = await response.text()
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}:\n${page.slice(0, 500)}`)
  return page
}

const decodeEntities = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
