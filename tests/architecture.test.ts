// The layout's rules, executed: layers by suffix, features in order, no cycles, nothing impure in core.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const features = [
  'lib',
  'platform',
  'shops',
  'events',
  'profiles',
  'catalog',
  'orders',
  'segments',
  'messages',
  'flows',
  'campaigns',
  'insights',
  'ui',
  'jobs',
  'routes',
  'server',
]

/** Made by `prisma generate`; not ours to judge. */
const isGenerated = (file: string) => file.startsWith('app/platform/prisma/')
const isTest = (file: string) => /\.test\.tsx?$/.test(file)

const files = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .map((file) => path.posix.join('app', file.replaceAll('\\', '/')))
  .filter((file) => /\.tsx?$/.test(file) && !isGenerated(file))
const sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))
const imports = new Map([...sources].map(([file, source]) => [file, importsOf(file, source)]))

const isShell = (file: string) => /\.server\.tsx?$/.test(file)
const isUi = (file: string) => file.endsWith('.tsx')
const isCore = (file: string) => !isShell(file) && !isUi(file) && !isTest(file) && !file.startsWith('app/routes/')
const featureOf = (file: string) => (file.split('/').length > 2 ? file.split('/')[1]! : 'server')

test('every folder of app/ is a feature with a place in the order', () => {
  const unknown = files.filter((file) => !features.includes(featureOf(file)))
  expect(unknown, `add the folder to the order in ${import.meta.filename}, or move the file`).toEqual([])
})

test('imports run one way: a feature imports only what stands to its left', () => {
  const wrong = edges().filter(([from, to]) => features.indexOf(featureOf(to)) > features.indexOf(featureOf(from)))
  expect(
    wrong.map(asText),
    'move the shared part leftwards, or pass the function in from jobs, routes or server',
  ).toEqual([])
})

test('core never imports the shell', () => {
  const wrong = edges().filter(([from, to]) => isCore(from) && isShell(to) && !isTypeOnly(from, to))
  expect(wrong.map(asText), 'let the shell read, and pass the values into core').toEqual([])
})

test('no file can be reached from itself by imports', () => {
  expect(cycles(), 'move what both need into a file of its own').toEqual([])
})

test('core reads no clock, no randomness, no environment, no file and no network', () => {
  const impure =
    /\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\brandomUUID\(|\bprocess\.env\b|\bfetch\(|from 'node:(fs|http|https|net|child_process)/
  const wrong = [...sources].filter(([file, source]) => isCore(file) && impure.test(withoutComments(source)))
  expect(
    wrong.map(([file]) => file),
    'take it as an argument, or name the file *.server.ts',
  ).toEqual([])
})

/** What `npm` starts reads the environment for all that it then calls. */
const isCommand = (file: string) => ['app/tern.server.ts', 'app/rotate-keys.server.ts'].includes(file)

test('only platform reads the clock and the environment', () => {
  const reads = /\bnew Date\(\)|\bDate\.now\(|\bprocess\.env\b/
  const allowed = (file: string) => file.startsWith('app/platform/') || isCommand(file) || isTest(file)
  const wrong = [...sources].filter(([file, source]) => !allowed(file) && reads.test(withoutComments(source)))
  expect(
    wrong.map(([file]) => file),
    'use the Clock and the Env that are passed in',
  ).toEqual([])
})

test('the product knows nothing of the sandbox or of tests', () => {
  const wrong = [...sources].filter(([file, source]) => !isTest(file) && /['"](#sandbox|#tests)\//.test(source))
  expect(
    wrong.map(([file]) => file),
    'reach it through configuration',
  ).toEqual([])
})

test('our own code is imported by #app, with its ending, and never from a barrel', () => {
  const wrong = [...sources].flatMap(([file, source]) =>
    [...source.matchAll(/from '(\.\.\/[^']*|\.{1,2})'/g)].map((match) => `${file}: ${match[1]}`),
  )
  expect(wrong, 'write #app/… with the file name').toEqual([])
  expect(files.filter((file) => /\/index\.tsx?$/.test(file))).toEqual([])
})

test('no file is longer than 250 lines', () => {
  const long = [...sources].filter(([file, source]) => !isTest(file) && source.split('\n').length > 251)
  expect(
    long.map(([file]) => file),
    'ask which second thing moved in',
  ).toEqual([])
})

// The condition language joins its fragments to questions that carry the shop; its own tests prove that.
test('every statement on a tenant table names its shop', () => {
  const statement = /`\s*(select|insert into|update|delete from|with \w+ as)\b[^`]*`/gi
  const wrong = [...sources].flatMap(([file, source]) =>
    !isShell(file) || isTest(file) || file.startsWith('app/platform/') || file.startsWith('app/segments/')
      ? []
      : [...source.matchAll(statement)]
          .filter(([sql]) => !/shop_id|\b(from|join|update|into) shop\b|from pg_|from \$\{/i.test(sql))
          .map(([sql]) => `${file}: ${sql.slice(0, 80)}`),
  )
  expect(wrong, 'begin with shop_id').toEqual([])
})

function importsOf(file: string, source: string): string[] {
  const found: string[] = []
  for (const [, specifier] of source.matchAll(/(?:from|import)\s*\(?\s*'(#app\/[^']+|\.\/[^']+)'/g)) {
    const target = specifier!.startsWith('#')
      ? specifier!.slice(1)
      : path.posix.join(path.posix.dirname(file), specifier!)
    if (files.includes(target)) found.push(target)
  }
  return found
}

function edges(): [string, string][] {
  return [...imports]
    .filter(([file]) => !isTest(file))
    .flatMap(([file, targets]) => targets.map((to): [string, string] => [file, to]))
}

function isTypeOnly(from: string, to: string) {
  const name = path.posix.basename(to).replaceAll('.', '\\.')
  const statements = [...sources.get(from)!.matchAll(new RegExp(`import ([^']*?) from '[^']*${name}'`, 'g'))]
  return statements.every(
    ([, clause]) => clause!.startsWith('type ') || /^\{(\s*type \w+( as \w+)?,?)+\s*\}$/.test(clause!),
  )
}

function cycles(): string[] {
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (file: string, trail: string[]) => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      found.push([...trail.slice(trail.indexOf(file)), file].join(' → '))
      return
    }
    state.set(file, 'open')
    for (const to of imports.get(file) ?? []) if (!isTypeOnly(file, to)) visit(to, [...trail, file])
    state.set(file, 'done')
  }
  for (const file of files) if (!isTest(file)) visit(file, [])
  return found
}

const asText = ([from, to]: [string, string]) => `${from} imports ${to}`

const withoutComments = (source: string) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
