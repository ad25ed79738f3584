// Reads a form that a page posted, as JSON or as a plain form, and no more of it than a form can need.
import { problem } from './problem.server.ts'

const mostBytes = 2_000_000

/** The posted fields. @throws 413 when too long, 400 when unreadable */
export async function readForm(request: Request): Promise<Record<string, unknown>> {
  const text = await readText(request)
  if (!request.headers.get('content-type')?.includes('json')) return Object.fromEntries(new URLSearchParams(text))
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw problem(400)
  return { ...value }
}

async function readText(request: Request): Promise<string> {
  const reader = request.body?.getReader()
  const chunks: Uint8Array[] = []
  let bytes = 0
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value.length
    if (bytes > mostBytes) throw problem(413)
    chunks.push(part.value)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw problem(400)
  }
}
