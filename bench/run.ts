// `npm run bench -- NAME [--json]`: runs one benchmark, or says which there are.
import { readdirSync } from 'node:fs'

const names = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'run.ts' && !entry.name.endsWith('.test.ts'))
  .map((entry) => entry.name.replace(/\.ts$/, ''))
const name = process.argv[2]

if (name && names.includes(name)) await import(`./${name}.ts`)
else {
  console.error(`Which benchmark? One of: ${names.join(', ')}`)
  process.exitCode = 1
}
