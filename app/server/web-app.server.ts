// The embedded pages and the readers' pages: Remix, built by Vite, behind Express.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import express from 'express'
import { addFlow } from '#app/flows/add-flow.server.ts'
import { readExport } from '#app/jobs/compliance/export-sink.server.ts'
import { createWelcome } from '#app/jobs/lifecycle/welcome-shop.server.ts'
import { withShop } from '#app/platform/database.server.ts'
import { createPrismaClient } from '#app/platform/prisma-client.server.ts'
import type { Resources } from '#app/routes/context.server.ts'
import { createPeopleActions } from '#app/routes/people-actions.server.ts'
import { createReaderActions } from '#app/routes/reader-actions.server.ts'
import { createShopify } from '#app/shopify.server.ts'
import { installShop } from '#app/shops/install.server.ts'
import { boundedBody } from './bounded-body.server.ts'
import type { Tern } from './compose.server.ts'

const buildDirectory = path.resolve(import.meta.dirname, '../../build')

/**
 * @param pages the pages, when they are not those that were built
 * @throws Error when the pages have not been built
 */
export async function createWebApp(tern: Tern, pages?: ServerBuild) {
  const build = pages ?? (await loadBuild())
  const resources = createResources(tern)
  const app = express()
  app.disable('x-powered-by')
  app.use(boundedBody)
  // Hashed by their content: they never change under their name.
  app.use('/assets', express.static(path.join(buildDirectory, 'client/assets'), { immutable: true, maxAge: '1y' }))
  app.use(express.static(path.join(buildDirectory, 'client'), { maxAge: '1h' }))
  app.all('*', createRequestHandler({ build, mode: tern.env.NODE_ENV, getLoadContext: () => ({ tern: resources }) }))
  return app
}

async function loadBuild(): Promise<ServerBuild> {
  const file = pathToFileURL(path.join(buildDirectory, 'server/index.js')).href
  return import(file).catch((cause) => {
    throw new Error('The pages are not built yet. Run: npm run build', { cause })
  })
}

/** What the pages are given, made once for the process. */
export function createResources(tern: Tern): Resources {
  const { env, db, clock, log, directory, secrets } = tern
  const installing = { db, clock, log, welcome: createWelcome(tern.jobDeps), forget: directory.forget }
  const install: Resources['install'] = async (grant) => {
    const outcome = await installShop(installing, grant)
    if (outcome !== 'known') tern.queue.hurry('read-shop-facts')
    directory.forget(grant.domain)
  }
  return {
    env,
    clock,
    log,
    directory,
    install,
    withShop: (shopId, work) => withShop(db, shopId, work),
    shopify: createShopify({
      env,
      log,
      secrets,
      prisma: createPrismaClient(db),
      afterAuth: install,
    }),
    readExport: (shopId, requestId) => readExport((id, work) => withShop(db, id, work), secrets, shopId, requestId),
    secrets,
    sendgrid: tern.sendgrid,
    readers: createReaderActions({ db, secrets, enqueuePushConsent: tern.enqueuePushConsent }, clock),
    mailDesk: tern.mailDesk,
    people: createPeopleActions(tern.jobDeps),
    addFlow,
    enqueueReplay: (tx, run) => tern.queue.enqueue(tx, 'replay-flow', run),
    appBridgeUrl: env.APP_BRIDGE_URL,
    frameAncestors: env.FRAME_ANCESTORS,
  }
}
