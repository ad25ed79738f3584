// What can be seen without running anything: who speaks to the network, what the browser is sent, what is installed.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const sources = new Map(
  readdirSync('app', { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join('app', file.replaceAll('\\', '/')))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.startsWith('app/platform/prisma/'))
    .map((file) => [file, withoutTypes(readFileSync(file, 'utf8'))]),
)
const filesWith = (pattern: RegExp) =>
  [...sources].flatMap(([file, source]) => (pattern.test(source) ? [file] : [])).sort()

test('only these files speak to the network, and each knows to whom', () => {
  const speaks =
    /\bfetch\(|globalThis\.fetch|from 'node:(https?|net|tls|dgram|dns)'|from '(undici|axios|graphql-request|@sendgrid\/\w+)'|new WebSocket\(/
  expect(
    filesWith(speaks),
    'an address that comes from outside is fetched by app/platform/download.server.ts; name others here with their reason',
  ).toEqual([
    // SendGrid, at SENDGRID_BASE_URL; redirects off.
    'app/messages/mail-sender.server.ts',
    'app/messages/sendgrid-clients.server.ts',
    // A shop's own domain, as Shopify's library has checked it.
    'app/platform/admin-api/answer.server.ts',
    // Whatever others name, on the public internet.
    'app/platform/download.server.ts',
    // Finds a free port for the embedded PostgreSQL.
    'app/platform/embedded-postgres.server.ts',
    // Judges addresses, speaks to nobody.
    'app/platform/public-address.server.ts',
    // These serve.
    'app/server/http.server.ts',
    'app/server/operator-endpoints.server.ts',
    // Asks SendGrid, at SENDGRID_BASE_URL, whether the key is good.
    'app/server/self-check/check-sendgrid.server.ts',
    // A shop's own domain.
    'app/shops/access-tokens.server.ts',
    // In the browser: a page of our own.
    'app/ui/DownloadButton.tsx',
  ])
})

test('MJML that merchants wrote is never compiled in the process that answers', () => {
  expect(filesWith(/compile-template\.server/)).toEqual([
    // Tern's own mails.
    'app/flows/install-presets.server.ts',
    // What blocks become, whose number and length are bounded.
    'app/messages/mail-desk.server.ts',
    'app/messages/rendering/compile-apart-child.server.ts',
  ])
})

test('pages work for one shop at a time: none of them reaches for the whole database', () => {
  expect(filesWith(/withSystem|\.pool\b|openDatabase/).filter((file) => /^app\/(routes|ui)\//.test(file))).toEqual([])
})

test('markup is made of text nowhere but where it is ours', () => {
  expect(
    filesWith(/dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(/),
  ).toEqual([
    // A constant style sheet.
    'app/ui/ReaderPage.tsx',
  ])
})

test('what the browser is sent holds no secret, no statement and nothing of the server', () => {
  const folder = 'build/client'
  expect(existsSync(folder), 'run: npm run build').toBe(true)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([])
  const environment = [...readFileSync('app/platform/env.server.ts', 'utf8').matchAll(/^ {4}([A-Z][A-Z_]{4,}):/gm)]
  expect(environment.length).toBeGreaterThan(10)
  // Libraries of the browser's have constants of these names.
  const named = ['NODE_ENV', 'APP_BRIDGE_URL']
  const forbidden = [
    ...environment.map(([, name]) => name!).filter((name) => !named.includes(name)),
    ...[
      'process.env.',
      'shop_id = $1',
      'tern_shop',
      'set local',
      'node:crypto',
      'pg-boss',
      'shpat_',
      'withShop',
      '.server.ts',
    ],
  ]
  const scripts = files.filter((file) => /\.(js|css|json|html)$/.test(file))
  expect(scripts.length).toBeGreaterThan(0)
  for (const file of scripts) {
    const text = readFileSync(path.join(folder, file), 'utf8')
    expect(
      forbidden.filter((word) => text.includes(word)),
      file,
    ).toEqual([])
  }
})

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      dev: z.boolean().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
    }),
  ),
})
const { packages } = lockSchema.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
const installed = Object.entries(packages).filter(([place]) => place !== '')

// Binaries of the build's tools for other systems than ours come without: no registry at hand has told their hashes.
test('every package that runs in production is installed as it was locked, byte for byte', () => {
  const unlocked = installed.filter(([, entry]) => !entry.dev && !entry.integrity?.startsWith('sha512-'))
  expect(unlocked.map(([place]) => place)).toEqual([])
  const elsewhere = installed.filter(([, { resolved }]) => resolved && !resolved.startsWith('https://'))
  expect(elsewhere.map(([place]) => place)).toEqual([])
})

/** What is imported as a type does nothing. */
function withoutTypes(source: string) {
  return source.replace(/^import type .*$/gm, '').replace(/^import \{(\s*type \w+,?)+\s*\} from .*$/gm, '')
}
