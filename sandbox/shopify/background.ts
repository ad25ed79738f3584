// Work that a request starts and does not wait for, kept in sight so that a test can wait and no failure gets lost.

export interface Background {
  run(work: () => unknown): void
  /** Resolves when nothing runs any more; throws the first failure since it was last asked. */
  whenIdle(): Promise<void>
}

export function background(): Background {
  const running = new Set<Promise<void>>()
  const failures: unknown[] = []

  return {
    run(work) {
      const done: Promise<void> = Promise.resolve()
        .then(work)
        .then(
          () => {},
          (error: unknown) => {
            console.error(error)
            failures.push(error)
          },
        )
        .finally(() => running.delete(done))
      running.add(done)
    },
    async whenIdle() {
      while (running.size > 0) await Promise.all(running)
      const [failure] = failures.splice(0)
      if (failure) throw new Error('the stand-in could not finish what it had begun', { cause: failure })
    },
  }
}
