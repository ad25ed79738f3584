// The web app's pages straight from their sources, so that these tests find every route that there is, built or not.
import path from 'node:path'
import { flatRoutes } from '@remix-run/dev/dist/config/flat-routes.js'
import type { ServerBuild } from '@remix-run/node'

const appDirectory = path.resolve('app')

/** Every route by its id, by the conventions that the build follows. */
export const routeTable = flatRoutes(appDirectory, ['**/.*', '**/*.server.{ts,tsx}', '**/*.test.{ts,tsx}'])

export interface Page {
  id: string
  /** The address, with `:name` for its parameters: `/app/flows/:flowId`. */
  path: string
  hasLoader: boolean
  hasAction: boolean
  /** What its forms may ask for, and nothing at all. */
  intents: string[]
}

/** Every route that has an address, with what it answers. */
export async function listPages(): Promise<Page[]> {
  const { routes } = await pagesFromSource()
  const pages = Object.values(routes).map((route) => ({
    id: route!.id,
    intents: ['', ...(declaresIntents(route!.module.action) ? route!.module.action.intents : [])],
    path: pathOf(route!.id),
    hasLoader: route!.module.loader !== undefined,
    hasAction: route!.module.action !== undefined,
  }))
  return pages.filter(({ id }) => id !== 'root')
}

function declaresIntents(action: unknown): action is { intents: string[] } {
  return typeof action === 'function' && 'intents' in action && Array.isArray(action.intents)
}

/** The same that `npm run build` makes for the server, less the browser's assets. */
export async function pagesFromSource(): Promise<ServerBuild> {
  const routes: ServerBuild['routes'] = { root: { id: 'root', path: '', module: await load('root.tsx') } }
  for (const route of Object.values(routeTable))
    routes[route.id] = { ...route, parentId: route.parentId ?? 'root', module: await load(route.file) }
  return {
    mode: 'production',
    entry: { module: await load('entry.server.tsx') },
    routes,
    assets: { entry: { imports: [], module: '/assets/entry.js' }, routes: assetsOf(routes), url: '', version: '1' },
    publicPath: '/',
    assetsBuildDirectory: 'build/client',
    future: {
      v3_fetcherPersist: true,
      v3_relativeSplatPath: true,
      v3_throwAbortReason: true,
      v3_singleFetch: false,
      v3_lazyRouteDiscovery: true,
    },
    isSpaMode: false,
  }
}

const load = (file: string) => import(/* @vite-ignore */ path.join(appDirectory, file))

function assetsOf(routes: ServerBuild['routes']): ServerBuild['assets']['routes'] {
  return Object.fromEntries(
    Object.values(routes).map((route) => [
      route!.id,
      {
        id: route!.id,
        parentId: route!.parentId,
        path: route!.path,
        index: route!.index,
        hasLoader: route!.module.loader !== undefined,
        hasAction: route!.module.action !== undefined,
        hasClientAction: false,
        hasClientLoader: false,
        hasErrorBoundary: route!.module.ErrorBoundary !== undefined,
        module: `/assets/${route!.id}.js`,
        imports: [],
      },
    ]),
  )
}

function pathOf(id: string): string {
  const route = routeTable[id]
  if (!route) return ''
  const parent = route.parentId && route.parentId !== 'root' ? pathOf(route.parentId) : ''
  return route.path ? `${parent}/${route.path}` : parent || '/'
}
