// How an enrolment begins, and what a new event about the running subject makes of it.
import { advance } from './advance.ts'
import type { AdmissionFacts, Candidate } from './candidate.ts'
import { type Change, type Enrolment, entryStep, isParked } from './enrolment.ts'
import type { FlowVersion } from './flow-version.ts'
import { type Facts, noFacts } from './step-kind.ts'
import { kindOfTrigger } from './triggers/registry.ts'

/** A new enrolment, already moved as far as it goes without asking anything. */
export function enrol(candidate: Candidate, facts: AdmissionFacts, now: Date): Change {
  const { flow, profileId, subject, context, at } = candidate
  const enrolment: Enrolment = {
    shopId: flow.shopId,
    id: facts.enrolmentId,
    flowId: flow.flowId,
    version: flow.version,
    profileId,
    subject,
    state: 'active',
    step: flow.definition.start,
    occurrence: 1,
    wakeAt: now,
    waitsFor: null,
    context: { trigger: context, triggeredAt: at, reachedAt: at, happened: {}, hasSent: false },
    revision: 0,
    attempts: 0,
    enteredAt: at,
    endedAt: null,
    endReason: null,
  }
  const seen = facts.entry?.seen
  const visits = seen ? [{ step: entryStep, occurrence: 1, at: now, verdict: 'entered', seen }] : []
  return moved({ before: null, enrolment, visits, effects: [] }, flow, now)
}

/**
 * The newest payload wins until something was sent. Where the shopper is still active the first wait begins again; an
 * older event that arrives late changes nothing.
 */
export function merge(change: Change, flow: FlowVersion, candidate: Candidate, now: Date): Change {
  const { enrolment } = change
  const { context } = enrolment
  if (context.hasSent || candidate.at < context.triggeredAt) return change
  const restarts = restartsFirstWait(flow, enrolment)
  const merged: Enrolment = {
    ...enrolment,
    wakeAt: restarts && !isParked(enrolment) ? now : enrolment.wakeAt,
    context: {
      ...context,
      trigger: candidate.context,
      triggeredAt: candidate.at,
      reachedAt: restarts ? candidate.at : context.reachedAt,
    },
  }
  return moved({ ...change, enrolment: merged }, flow, now)
}

/** Ends the wait for an event that has happened. */
export function wake(change: Change, flow: FlowVersion, occurredAt: Date, now: Date): Change {
  const { enrolment } = change
  const happened = { ...enrolment.context.happened, [enrolment.step]: occurredAt }
  const woken: Enrolment = {
    ...enrolment,
    waitsFor: null,
    wakeAt: isParked(enrolment) ? enrolment.wakeAt : now,
    context: { ...enrolment.context, happened },
  }
  return moved({ ...change, enrolment: woken }, flow, now)
}

/** Moves as far as `facts` reach. When more must be known, the enrolment stays where it was, due now. */
function moved(change: Change, flow: FlowVersion, now: Date, facts: Facts = noFacts): Change {
  const result = advance(flow, change.enrolment, facts, now)
  if (result.kind === 'needs') return change
  return {
    before: change.before,
    enrolment: result.enrolment,
    visits: [...change.visits, ...result.visits],
    effects: [...change.effects, ...result.effects],
  }
}

function restartsFirstWait(flow: FlowVersion, enrolment: Enrolment) {
  const { trigger, start, steps } = flow.definition
  const kind = kindOfTrigger(trigger)
  if (kind.begins !== 'by-event' || !kind.restartsFirstWait) return false
  return enrolment.step === start && steps[start]?.kind === 'wait'
}
