// Opens Tern inside the sandbox's admin in a real browser, as wide as a desk or as a phone, and looks at it closely.
// First, because Shopify's library keeps the `fetch` that it finds.
import '#sandbox/shopify/route.ts'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core'
import { afterAll, expect, inject } from 'vitest'
import type { Database } from '#app/platform/database.server.ts'
import { createWebApp } from '#app/server/web-app.server.ts'
import { buildPages } from '#sandbox/demo/build-pages.ts'
import { credentials } from '#sandbox/shopify/fixtures/small-shop.ts'
import { browserName, startEmbeddedApp } from '#tests/builders/embedded-app.ts'

export interface OpenedPage {
  page: Page
  /** The app inside the admin's frame: ask it for roles and labels. */
  app: FrameLocator
  /** Writes `.data/screens/<name>-<width>.png`. */
  screenshot(name: string): Promise<void>
  /** Fails with the first violations that axe finds in the app. */
  expectAccessible(): Promise<void>
}

export interface OpenOptions {
  width?: 1280 | 390
  locale?: string
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts everything; all of it ends after the last test of the file. */
export async function startAdmin(db: Database, env: Record<string, string> = {}) {
  await buildPages(() => {}, AbortSignal.timeout(120_000))
  const embedded = await startEmbeddedApp(db, env)
  const server = embedded.tern.createServer(await createWebApp(embedded.tern)).listen(embedded.port)
  await once(server, 'listening')
  const browser = await launch()
  afterAll(async () => {
    await browser.close()
    server.closeAllConnections()
    server.close()
  })
  const adminUrl = `${embedded.standIn.url}/store/small-shop/apps/${credentials.apiKey}`
  return {
    ...embedded,
    /** Opens the app at `place`, like "/app/settings". */
    open(place: string, { width = 1280, locale = 'en-GB' }: OpenOptions = {}) {
      // Shopify tells the app the merchant's language in the frame's address.
      embedded.store.shop.locale = locale
      return openPage(browser, adminUrl + place, width)
    },
  }
}

function launch(): Promise<Browser> {
  const { path: executablePath, env } = inject('chromium')
  const { PATH = '', HOME = '/tmp' } = process.env
  return chromium.launch({ executablePath, headless: true, args: flags, env: { PATH, HOME, ...env } })
}

async function openPage(browser: Browser, url: string, width: number): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width, height: width === 390 ? 844 : 900 },
    userAgent: browserName,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(url)
  const app = page.frameLocator('#app')
  await untilAlive(page)
  return {
    page,
    app,
    async screenshot(name) {
      await mkdir('.data/screens', { recursive: true })
      // The app scrolls inside its frame: a window as high as the page shows all of it.
      const appHeight = await app.locator('html').evaluate((html) => html.scrollHeight)
      await page.setViewportSize({ width, height: appHeight + 120 })
      await page.screenshot({ path: path.join('.data/screens', `${name}-${width}.png`) })
    },
    async expectAccessible() {
      const { violations } = await new AxeBuilder({ page }).include(['#app', 'body']).analyze()
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
      ).toEqual([])
      expect(faults).toEqual([])
    },
  }
}

/** Until React has taken the app's page over: from then on it answers to clicks. */
async function untilAlive(page: Page) {
  const frame = await (await page.waitForSelector('#app')).contentFrame()
  await frame?.waitForFunction(() => Object.keys(document.body).some((key) => key.startsWith('__react')))
}
