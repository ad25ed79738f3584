// Plays the story: the shop's life goes on, the merchant installs Tern and opens, and the screen tells what comes of it.
import { setTimeout as delay } from 'node:timers/promises'
import type { ShopId } from '#app/lib/ids.ts'
import { installShop } from './install-shop.ts'
import { live } from './live.ts'
import { openForBusiness } from './open-for-business.ts'
import type { Screen } from './screen.ts'
import { readShopFacts } from './shop-facts.ts'
import type { World } from './start-world.ts'
import type { Moment } from './summary.ts'

export interface PlayOptions {
  screen: Screen
  /** How long the life of the open shop goes on; without it, until `signal` aborts. */
  seconds: number | null
}

/** Returns when the time is over or `signal` aborts: nothing more happens in the shop then. */
export async function playStory(world: World, { screen, seconds }: PlayOptions, signal: AbortSignal): Promise<void> {
  const over = new AbortController()
  const living = live(world, AbortSignal.any([signal, over.signal]))
  world.sendgrid.startDelivering()
  const leading = lead(world, { screen, seconds }, signal).finally(() => over.abort())
  // Whichever fails first is told; life ends by itself only when it is over.
  await Promise.all([living, leading])
}

async function lead(world: World, { screen, seconds }: PlayOptions, signal: AbortSignal) {
  const { clock, store, shopify, sendgrid, db, appUrl, logFile } = world
  screen.say('Installing Tern in the shop …')
  const shopId = await installShop(db, shopify, store.shop.domain)
  await openForBusiness(db, shopId, { shop: store.shop, now: clock.now, signal })
  screen.say('')
  screen.say(`  Tern in the shop's admin   ${shopify.url}`)
  screen.say(`  The storefront             ${shopify.url}/storefront`)
  screen.say(`  The inbox with every mail  ${sendgrid.url}`)
  screen.say('')
  screen.say(
    `  Tern listens at ${appUrl}, keeps its data at ${new URL(db.url).host} and logs to ${logFile}. Ctrl-C ends it all.`,
  )
  screen.say('')
  const endsMs = performance.now() + (seconds ?? Number.POSITIVE_INFINITY) * 1000
  while (!signal.aborted && performance.now() < endsMs) {
    screen.show(await momentOf(world, shopId))
    const leftMs = Math.max(0, endsMs - performance.now())
    await delay(Math.min(screen.everyMs, leftMs), undefined, { signal })
  }
}

async function momentOf({ clock, store, nameOf, shopify, sendgrid, db }: World, shopId: ShopId): Promise<Moment> {
  const shop = await readShopFacts(db, shopId)
  const lastMails = sendgrid
    .mails()
    .slice(-5)
    .map(({ subject, to }) => ({ subject, person: nameOf(to) ?? to }))
  return { at: clock.now(), timezone: store.shop.timezone, webhooks: shopify.counts(), shop, lastMails }
}
