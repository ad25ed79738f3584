// Moves an enrolment through its flow until it waits or is over. Decides everything and does nothing: no clock, no I/O.
//
// `active, wakeAt > now`. Waits: for a moment, and if `waitsFor` is set also for an event. `advance` leaves it as it is.
//   The shell ends the wait early by noting the event in `context.happened` (rules 5.3, 5.4), nothing else does.
// `active, wakeAt <= now`. Due: it stands on `step`, which it reached at `context.reachedAt`, and the step is run. That
//   an enrolment is run twice on the same step changes nothing: each step works from `reachedAt`, not from `now`.
// `completed`. Reached an end, or its last step failed. Ignores every event and every wake; its messages may still go.
// `exited`. Was taken out, `endReason` says why. Ignores everything, and so do its messages.
// `failed`. Could not go on after several attempts. As `exited`.
//
// A step that needs to know something asks for it; the caller looks it up for a whole batch and calls again. All that
// was decided before the question is decided again then, from the same facts, so nothing is kept in between.
import { assertNever } from '#app/lib/errors.ts'
import { type Effect, type Enrolment, endedAs, type Visit } from './enrolment.ts'
import type { FlowVersion } from './flow-version.ts'
import type { Facts, Need, StepMoment, StepOutcome } from './step-kind.ts'
import { kindOfStep } from './steps/registry.ts'

export type Advance =
  | { kind: 'needs'; needs: Need[] }
  | { kind: 'moved'; enrolment: Enrolment; visits: Visit[]; effects: Effect[] }

/** A pass moves an enrolment at most this often; what is left is due again in the next one. */
export const maxMoves = 500

export function advance(flow: FlowVersion, enrolment: Enrolment, facts: Facts, now: Date): Advance {
  const visits: Visit[] = []
  const effects: Effect[] = []
  let current = enrolment
  for (let moves = 0; moves < maxMoves && isDue(current, now); moves++) {
    const step = flow.definition.steps[current.step]
    if (!step) {
      current = endedAs(current, 'failed', 'step_missing', now)
      break
    }
    const outcome = kindOfStep(step).run(step, momentOf(flow, current, facts, now))
    if (outcome.kind === 'needs') return outcome
    const visit = visitOf(current, outcome, now)
    if (visit) visits.push(visit)
    if (outcome.kind === 'next' && outcome.send)
      effects.push({ ...outcome.send, step: current.step, occurrence: current.occurrence })
    current = follow(current, outcome, now)
  }
  return { kind: 'moved', enrolment: current, visits, effects }
}

const isDue = (enrolment: Enrolment, now: Date) => enrolment.state === 'active' && enrolment.wakeAt <= now

function momentOf(flow: FlowVersion, enrolment: Enrolment, facts: Facts, now: Date): StepMoment {
  const { shopId, flowId, profileId, subject, step, context, waitsFor } = enrolment
  return {
    shopId,
    flowId,
    profileId,
    subject,
    stepId: step,
    reachedAt: context.reachedAt,
    happened: context.happened,
    isAwaiting: waitsFor !== null,
    filter: flow.definition.filter,
    templates: flow.templates,
    facts,
    now,
  }
}

function visitOf({ step, occurrence }: Enrolment, outcome: StepOutcome, now: Date): Visit | null {
  switch (outcome.kind) {
    case 'needs':
    case 'wait':
      return null
    case 'next':
    case 'end':
      return { step, occurrence, at: now, verdict: outcome.verdict, seen: outcome.seen }
    case 'failed':
      return { step, occurrence, at: now, verdict: 'failed', seen: { reason: outcome.reason } }
    default:
      return assertNever(outcome)
  }
}

function follow(enrolment: Enrolment, outcome: Exclude<StepOutcome, { kind: 'needs' }>, now: Date): Enrolment {
  switch (outcome.kind) {
    case 'wait':
      return { ...enrolment, wakeAt: outcome.until, waitsFor: outcome.waitsFor }
    case 'end':
      return endedAs(enrolment, outcome.exit === null ? 'completed' : 'exited', outcome.exit, now)
    case 'failed':
      if (outcome.next === null) return endedAs(enrolment, 'failed', outcome.reason, now)
      return movedTo(enrolment, outcome.next, now)
    case 'next':
      return movedTo(remembering(enrolment, outcome), outcome.next, now)
    default:
      return assertNever(outcome)
  }
}

const movedTo = (enrolment: Enrolment, step: string, now: Date): Enrolment => ({
  ...enrolment,
  step,
  occurrence: 1,
  wakeAt: now,
  waitsFor: null,
  context: { ...enrolment.context, reachedAt: now },
})

function remembering(enrolment: Enrolment, outcome: Extract<StepOutcome, { kind: 'next' }>): Enrolment {
  const { context, step } = enrolment
  if (!outcome.send && !outcome.happenedAt) return enrolment
  const happened = outcome.happenedAt ? { ...context.happened, [step]: outcome.happenedAt } : context.happened
  return { ...enrolment, context: { ...context, happened, hasSent: context.hasSent || outcome.send !== undefined } }
}
