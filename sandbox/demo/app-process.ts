// Tern itself, as the process that it is everywhere: web and worker in one, a child of the demo.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { projectRoot } from './project-root.ts'

export interface AppProcess {
  /** Rejects, with what the process said last, when it ends without having been asked to. */
  died: Promise<never>
  /** Resolves when it is ready to serve. */
  untilHealthy(signal: AbortSignal): Promise<void>
  /** What it has used so far. */
  cpuSeconds(): Promise<number>
  /** Asks it to stop and waits; one that doesn't is killed. */
  stop(): Promise<void>
}

const preloads = ['./sandbox/shopify/route.ts', './sandbox/demo/app-preload.ts']
const stopWithinMs = 10_000
const healthyWithinMs = 60_000
const cpuSchema = z.object({ user: z.number(), system: z.number() })

/** Starts Tern with `env` as its environment. */
export function startApp(env: Record<string, string>, logFile: string): AppProcess {
  // Nothing else of the caller's environment: it may be set up for another Tern.
  const { PATH, HOME, TMPDIR } = process.env
  const args = [...preloads.flatMap((file) => ['--import', file]), 'app/tern.server.ts']
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: { PATH, HOME, TMPDIR, NODE_ENV: 'development', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Its own process group: Ctrl-C must reach the demo only, which then stops everything in order.
    detached: true,
  })
  const log = createWriteStream(path.join(projectRoot, logFile))
  let lastWords = ''
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.pipe(log, { end: false })
    stream.on('data', (chunk) => {
      lastWords = (lastWords + chunk).slice(-3000)
    })
  }
  const closed = once(child, 'close')
  let isStopping = false
  const died = closed.then((): Promise<never> => {
    log.end()
    if (isStopping) return new Promise(() => {})
    throw new Error(
      `Tern ended by itself (${child.exitCode ?? child.signalCode}). It said last:\n${lastWords || 'nothing'}`,
    )
  })
  // Whoever waits for it hears of it; that nobody waits yet is no reason to end without cleaning up.
  died.catch(() => {})
  return {
    died,
    untilHealthy: (signal) => Promise.race([died, becomeHealthy(`http://127.0.0.1:${env.PORT}/healthz`, signal)]),
    async cpuSeconds() {
      child.send('cpu')
      const [usage] = await once(child, 'message', { signal: AbortSignal.timeout(5_000) })
      const { user, system } = cpuSchema.parse(usage)
      return (user + system) / 1_000_000
    },
    async stop() {
      isStopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const patience = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
      await closed
      clearTimeout(patience)
    },
  }
}

async function becomeHealthy(url: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + healthyWithinMs
  while (performance.now() < deadline) {
    signal.throwIfAborted()
    const isHealthy = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    )
    if (isHealthy) return
    await delay(100)
  }
  throw new Error(`Tern did not become healthy within ${healthyWithinMs / 1000} seconds.`)
}
