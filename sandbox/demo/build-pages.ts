// Builds Tern's pages when there are none yet, or when their sources are newer.
import { execFile } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { projectRoot } from './project-root.ts'

const run = promisify(execFile)
const built = ['build/client/assets', 'build/server/index.js']
const sources = ['app', 'vite.config.ts', 'package-lock.json']

/** Makes sure that `build/` fits its sources. `tell` hears of it when that takes a while. */
export async function buildPages(tell: (line: string) => void, signal: AbortSignal): Promise<void> {
  const builtMs = Math.min(...(await Promise.all(built.map(changedMs))))
  if (builtMs > (await newestSourceMs())) return
  tell(builtMs === 0 ? 'Building the pages, which takes a moment the first time …' : 'Building the pages anew …')
  const remix = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@remix-run/dev/package.json')),
    'dist/cli.js',
  )
  try {
    await run(process.execPath, [remix, 'vite:build'], { cwd: projectRoot, signal })
  } catch (cause) {
    signal.throwIfAborted()
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : ''
    throw new Error(`The pages could not be built.\n${said}`, { cause })
  }
}

async function newestSourceMs(): Promise<number> {
  const files = await Promise.all(sources.map(filesUnder))
  return Math.max(...(await Promise.all(files.flat().filter(isSource).map(changedMs))))
}

async function filesUnder(source: string): Promise<string[]> {
  const place = path.join(projectRoot, source)
  if ((await stat(place)).isFile()) return [source]
  const found = await readdir(place, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)))
}

/** Tests are not built, and Prisma's client is made again by each installation. */
function isSource(file: string): boolean {
  return !/\.test\.tsx?$/.test(file) && !file.startsWith(path.join('app', 'platform', 'prisma'))
}

/** 0 when there is no such file. */
async function changedMs(file: string): Promise<number> {
  return stat(path.join(projectRoot, file)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}
