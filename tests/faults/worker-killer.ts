// Starts workers and ends them the hard way, again and again, with the next one ready at the starting line.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { between, type Random } from '#sandbox/lib/random.ts'
import type { StoppingClock } from './stopping-clock.ts'

export interface WorkerKiller {
  /** Lets one worker after the other live for a short while, until `isEnough`. */
  killUntil(isEnough: () => boolean): Promise<void>
  /** Lets one more worker live until `isDone` resolves, and end in order. */
  letLastLive(isDone: () => Promise<void>): Promise<void>
  kills(): number
  /** How often the workers logged each event. */
  logged(): Record<string, number>
  close(): Promise<void>
}

/** Halves the time that a worker takes to start. */
const compileCache = path.join(tmpdir(), 'tern-fault-tests')
const shortestLifeMs = 50
const longestLifeMs = 700

export interface WorkerKillerOptions {
  /** The workers' environment. */
  variables: Record<string, string>
  /** Runs while a worker lives, at this rate. */
  clock: StoppingClock
  rate(): Promise<number>
  random: Random
}

export function createWorkerKiller({ variables, clock, rate, random }: WorkerKillerOptions): WorkerKiller {
  const alive = new Set<ChildProcess>()
  const logged: Record<string, number> = {}
  let kills = 0
  let next = startNext()

  function startNext(): Promise<ChildProcess> {
    const worker = fork(new URL('./worker.ts', import.meta.url).pathname, {
      env: { ...variables, PATH: process.env.PATH, NODE_ENV: 'test', NODE_COMPILE_CACHE: compileCache },
      execArgv: [],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    })
    alive.add(worker)
    worker.once('exit', () => alive.delete(worker))
    createInterface(worker.stderr!).on('line', (line) => count(line, logged))
    const failed = once(worker, 'exit').then(() => Promise.reject(new Error('a worker ended before it was ready')))
    const ready = Promise.race([once(worker, 'message'), failed]).then(() => worker)
    // Awaited when its turn comes; until then a failure must not count as unhandled.
    ready.catch(() => {})
    failed.catch(() => {})
    return ready
  }

  async function letNextLive(): Promise<ChildProcess> {
    const worker = await next
    const { start, ...time } = clock.run(await rate())
    worker.send({ ...time, start: start.toISOString() })
    return worker
  }

  return {
    async killUntil(isEnough) {
      while (!isEnough()) {
        const worker = await letNextLive()
        next = startNext()
        await delay(between(random, shortestLifeMs, longestLifeMs))
        await kill(worker)
        clock.stop()
        kills += 1
      }
    },
    async letLastLive(isDone) {
      const worker = await letNextLive()
      await isDone()
      const gone = once(worker, 'exit')
      worker.send('stop')
      await gone
      clock.stop()
    },
    kills: () => kills,
    logged: () => logged,
    async close() {
      await Promise.all([...alive].map(kill))
    },
  }
}

async function kill(worker: ChildProcess) {
  if (worker.exitCode !== null || worker.signalCode !== null) throw new Error('a worker ended by itself')
  const gone = once(worker, 'exit')
  worker.kill('SIGKILL')
  await gone
}

function count(line: string, logged: Record<string, number>) {
  const name = /"msg":"([^"]*)"/.exec(line)?.[1]
  // What is no log line is a crash: it is shown.
  if (name === undefined) return console.error(line)
  logged[name] = (logged[name] ?? 0) + 1
}
