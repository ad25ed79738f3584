// Proves that a template can be filled, in a process of its own: a template that devours memory or time takes
// only that process with it. (A worker thread with a memory limit takes the whole process.)
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { z } from 'zod'
import type { CompiledTemplate } from './template.ts'
import type { TemplateVariables } from './variables.ts'

const proofSchema = z.union([z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), error: z.string() })])
export type Proof = z.infer<typeof proofSchema>

/** Fills `template` with `sample` in a child process; a template that fails or exceeds its bounds must not be used. */
export async function proveTemplate(
  template: CompiledTemplate,
  sample: TemplateVariables,
  { deadlineMs = 10_000 } = {},
): Promise<Proof> {
  const output = await childOutput(JSON.stringify({ template, sample }), deadlineMs)
  if (output === null) return { ok: false, error: TOO_MUCH }
  return proofSchema.parse(JSON.parse(output))
}

const TOO_MUCH = 'The mail takes too much time or memory to fill. Make its loops shorter, or use fewer of them.'
const HEAP_MB = 128
const OUTPUT_MAX_LENGTH = 10_000
// By package import, so that it is found from the source tree and from a bundle alike.
const CHILD_FILE = createRequire(import.meta.url).resolve('#app/messages/rendering/prove-template-child.server.ts')

// Null when the child was killed, ran out of memory or said too much.
function childOutput(input: string, deadlineMs: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    // An environment of its own: nothing secret is within a template's reach.
    const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MB}`, CHILD_FILE], {
      env: { NODE_ENV: 'production' },
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: deadlineMs,
      killSignal: 'SIGKILL',
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      if (output.length > OUTPUT_MAX_LENGTH) child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('close', (code) => resolve(code === 0 ? output : null))
    // A child that is killed while it reads closes the pipe; `close` reports that.
    child.stdin.on('error', () => undefined).end(input)
  })
}
