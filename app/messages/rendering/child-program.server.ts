// Runs a program of ours in a process of its own, bounded: what an author writes may devour memory or time there, and
// takes only that process with it. (A worker thread with a memory limit takes the whole process.)
import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'

export interface Bounds {
  deadlineMs: number
  heapMb: number
  outputMaxLength: number
}

/** Two at a time: whoever saves a hundred templates at once waits for them, and nobody else does. */
const mostAtOnce = 2
const waiting: (() => void)[] = []
let running = 0

/** What the program prints when it is given `input`; null when it was killed, ran out of memory or said too much. */
export async function askProgram(file: string, input: string, bounds: Bounds): Promise<string | null> {
  if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    return await outputOf(file, input, bounds)
  } finally {
    // Whoever waits longest takes the place over.
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

function outputOf(file: string, input: string, { deadlineMs, heapMb, outputMaxLength }: Bounds) {
  return new Promise<string | null>((resolve, reject) => {
    // An environment of its own: nothing secret is within a template's reach.
    const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, file], {
      env: { NODE_ENV: 'production' },
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: deadlineMs,
      killSignal: 'SIGKILL',
    })
    child.on('spawn', () => standBack(child.pid))
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      if (output.length > outputMaxLength) child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('close', (code) => resolve(code === 0 ? output : null))
    // A child that is killed while it reads closes the pipe; `close` reports that.
    child.stdin.on('error', () => undefined).end(input)
  })
}

/** Answering webhooks comes first. */
function standBack(pid: number | undefined) {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch (error) {
    // It has ended already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SYSTEM_ERROR')) throw error
  }
}
