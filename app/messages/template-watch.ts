// Holds back a template whose filling exceeds its limits again and again. Each such try costs half a second in which the
// process does nothing else, and a template can be quick with the sample that proved it and slow with everybody else.

export interface TemplateWatch {
  /** Until when messages with this template wait, and why; null when it may be filled. */
  restOf(key: string, now: Date): { until: Date; reason: string } | null
  /** What became of filling it: a template that was filled once starts anew. */
  note(key: string, outcome: 'filled' | 'exceeded', now: Date): void
}

const mostInARow = 3
const restMs = 10 * 60_000

export function createTemplateWatch(): TemplateWatch {
  const exceeded = new Map<string, { inARow: number; until: Date }>()
  return {
    restOf(key, now) {
      const known = exceeded.get(key)
      return known && known.until > now ? { until: known.until, reason: 'template_too_slow' } : null
    },
    note(key, outcome, now) {
      if (outcome === 'filled') return void exceeded.delete(key)
      const inARow = (exceeded.get(key)?.inARow ?? 0) + 1
      // After its rest one more try decides.
      const until = inARow >= mostInARow ? new Date(now.getTime() + restMs) : now
      exceeded.set(key, { inARow, until })
    },
  }
}
