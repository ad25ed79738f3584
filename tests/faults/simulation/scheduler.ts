// A seeded scheduler: of all that several processes want to do next, one thing happens at a time.
//
// A process runs turns. Whatever a turn asks of the world outside (statements, calls) is a step: it waits here until it
// is picked. Between two steps nothing but the process itself goes on, so the order of the steps is all that a seed has
// to decide, and the same seed decides the same. A step that waits for a lock of the database is left until it is given.
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay, setImmediate as nextTick } from 'node:timers/promises'
import { between, type Random } from '#sandbox/lib/random.ts'

export interface Process {
  name: string
  isDead: boolean
  /** Others go first until so many steps have been taken. */
  slowUntil: number
  /** Stopped for longer than any lease, as by SIGSTOP. */
  isFrozen: boolean
}

export interface Turn {
  process: Process
  lane: string
  number: number
  /** The number of the step before which it began. */
  beganAt: number
}

export type StepKind = 'statements' | 'commit' | 'call'

export interface Step {
  turn: Turn
  kind: StepKind
  /** Does it; resolves when the world has answered. */
  run(): Promise<void>
  /** Tells the process what the world answered. */
  answer(): void
  /** The process learns nothing but that the connection is gone. */
  lose(): Promise<void>
  /** Whether it waits for a lock that somebody else holds. */
  isBlocked(): Promise<boolean>
}

export type Harm =
  | 'kill-before'
  | 'kill-after'
  | 'lose-before'
  | 'lose-after'
  | 'slow'
  | 'freeze-before'
  | 'freeze-after'

export interface SchedulerOptions {
  random: Random
  /** What happens to a step, by how many there have been with it, of each kind and of any. */
  harmOf(taken: Record<StepKind | 'any', number>, step: Step): Harm | null
  kill(process: Process): Promise<void>
  freeze(process: Process): Promise<void>
}

const turns = new AsyncLocalStorage<Turn>()
/** Which turn the code that calls this belongs to. */
export const currentTurn = () => turns.getStore()

const slowSteps = 40
const soonMs = 4

export type Scheduler = ReturnType<typeof createScheduler>

export function createScheduler({ random, harmOf, kill, freeze }: SchedulerOptions) {
  const running = new Map<Turn, Promise<unknown>>()
  let waiting: Step[] = []
  let blocked: { step: Step; done: Promise<void> }[] = []
  let steps = 0
  let turnsBegun = 0
  const taken = { statements: 0, commit: 0, call: 0 }
  const isOver = (step: Step) => step.turn.process.isDead
  const canGoOn = ({ turn: { process } }: Step) => !process.isFrozen

  /** Waits until every turn that goes on by itself has ended or asks for something. */
  async function settle() {
    for (let polls = 0; ; polls += 1) {
      await nextTick()
      const asking = new Set([...waiting, ...blocked.map(({ step }) => step)].map(({ turn }) => turn))
      for (const turn of [...running.keys()]) if (turn.process.isDead) running.delete(turn)
      if ([...running.keys()].every((turn) => asking.has(turn))) return
      if (polls > 50) await delay(1)
    }
  }

  async function recheckBlocked() {
    for (const { step, done } of [...blocked])
      if (await isDone(done, step)) blocked = blocked.filter((other) => other.step !== step)
  }

  /** False when it waits for a lock. */
  async function isDone(done: Promise<void>, step: Step): Promise<boolean> {
    for (;;) {
      if (await Promise.race([done.then(() => true), delay(soonMs).then(() => false)])) return true
      if (await step.isBlocked()) return false
    }
  }

  /** False when nobody waits for a lock, or all for those of a process that is stopped. */
  async function waitForLocks(): Promise<boolean> {
    if (!blocked.some(({ step }) => canGoOn(step)) || waiting.length > 0) return false
    await delay(1)
    await recheckBlocked()
    return true
  }

  async function take(step: Step) {
    steps += 1
    taken[step.kind] += 1
    const { process } = step.turn
    const harm = harmOf({ ...taken, any: steps }, step)
    if (harm === 'kill-before') return kill(process)
    if (harm === 'lose-before') return step.lose()
    // Between a call's beginning and its bytes nobody can look at the clock: there it is stopped after them.
    if (harm === 'freeze-before' && step.kind !== 'call') {
      waiting.push(step)
      return freeze(process)
    }
    if (harm === 'slow') process.slowUntil = steps + slowSteps
    const done = step.run().then(async () => {
      if (process.isDead) return
      if (harm === 'kill-after') await kill(process)
      else if (harm === 'lose-after') await step.lose()
      else if (harm?.startsWith('freeze')) {
        waiting.push({ ...step, run: async () => {} })
        await freeze(process)
      } else step.answer()
    })
    if (!(await isDone(done, step))) blocked.push({ step, done })
  }

  return {
    steps: () => steps,
    commits: () => taken.commit,
    isBusy: (process: Process, lane: string) =>
      [...running.keys()].some((turn) => turn.process === process && turn.lane === lane),
    /** Begins a turn. What it throws is what a worker's loop would log and go on from. */
    begin(process: Process, lane: string, work: () => Promise<unknown>) {
      turnsBegun += 1
      const turn = { process, lane, number: turnsBegun, beganAt: steps }
      const ended = turns.run(turn, work).then(
        () => void running.delete(turn),
        () => void running.delete(turn),
      )
      running.set(turn, ended)
    },
    ask(step: Step) {
      if (!isOver(step)) waiting.push(step)
    },
    /** Takes one step. False when nobody asks for any. */
    async next(): Promise<boolean> {
      await settle()
      // In an order that does not hang on how fast the database was.
      waiting = waiting.filter((step) => !isOver(step)).sort((a, b) => a.turn.number - b.turn.number)
      const able = waiting.filter(canGoOn)
      const quick = able.filter(({ turn }) => turn.process.slowUntil <= steps)
      const some = quick.length > 0 ? quick : able
      if (some.length === 0) return waitForLocks()
      const step = some[between(random, 0, some.length - 1)]!
      waiting = waiting.filter((other) => other !== step)
      await take(step)
      await recheckBlocked()
      return true
    },
    settle,
    isIdle: () => running.size === 0,
  }
}
