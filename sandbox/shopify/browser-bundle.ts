// Makes one classic script of the stand-in's browser code, when it is first asked for.
import { fileURLToPath } from 'node:url'
import { invariant } from '#app/lib/errors.ts'

const bundles = new Map<string, Promise<string>>()

/** The script for an entry beside this file, such as `app-bridge/main.ts`. */
export function browserBundle(entry: string): Promise<string> {
  const known = bundles.get(entry) ?? bundle(entry)
  bundles.set(entry, known)
  return known
}

async function bundle(entry: string): Promise<string> {
  // Loaded here, because only runs with a browser need it.
  const { build } = await import('vite')
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL(entry, import.meta.url)),
        formats: ['iife'],
        name: 'standIn',
        fileName: 'bundle',
      },
    },
  })
  const [output] = Array.isArray(result) ? result : [result]
  const chunk = output && 'output' in output ? output.output[0] : undefined
  invariant(chunk, `${entry} was bundled`)
  return chunk.code
}
