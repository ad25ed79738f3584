// Builds flow versions, enrolments and events for tests that need no database: only what matters is said.
import type { AdmissionFacts } from '#app/flows/candidate.ts'
import { type DefinitionInput, readDefinition } from '#app/flows/definition.ts'
import type { Enrolment } from '#app/flows/enrolment.ts'
import { type FlowVersion, templatesOf, toFlowVersion } from '#app/flows/flow-version.ts'
import type { FlowLookup, HeardEvent } from '#app/flows/react.ts'
import { enrolmentId, flowId, profileId, shopId } from '#app/lib/ids.ts'

export const begin = new Date('2026-06-01T12:00:00Z')
export const hours = (count: number) => new Date(begin.getTime() + count * 3_600_000)
export const template = '6f1f7c8c-4a6b-5b0e-9d5a-2f0c7e3b9a11'

/** A checkout flow: an hour's wait, a mail, the end; `changes` replace its parts. */
export const definition = (changes: Partial<DefinitionInput> = {}): DefinitionInput => ({
  trigger: { kind: 'checkout-started' },
  entry: null,
  filter: null,
  reentry: 'always',
  exits: [],
  start: 'first-wait',
  steps: {
    'first-wait': { kind: 'wait', duration: { hours: 1 }, next: 'mail' },
    mail: { kind: 'send-email', template, class: 'marketing', next: 'done' },
    done: { kind: 'end' },
  },
  ...changes,
})

export function flowVersion(changes: Partial<DefinitionInput> = {}, id = 1): FlowVersion {
  const read = readDefinition(definition(changes))
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const templates = new Set(templatesOf(read.definition))
  return toFlowVersion({ shopId: shopId(1), flowId: flowId(id), version: 1, definition: read.definition, templates })
}

/** An enrolment that entered at `begin` and is due on the flow's first step. */
export function enrolment(flow: FlowVersion, changes: Partial<Enrolment> = {}): Enrolment {
  return {
    shopId: flow.shopId,
    id: enrolmentId(7),
    flowId: flow.flowId,
    version: flow.version,
    profileId: profileId(1),
    subject: 'checkout:k1',
    state: 'active',
    step: flow.definition.start,
    occurrence: 1,
    wakeAt: begin,
    waitsFor: null,
    context: { trigger: {}, triggeredAt: begin, reachedAt: begin, happened: {}, hasSent: false },
    revision: 0,
    attempts: 0,
    enteredAt: begin,
    endedAt: null,
    endReason: null,
    ...changes,
  }
}

let told = 0

export function event(type: HeardEvent['type'], changes: Partial<HeardEvent> = {}): HeardEvent {
  told += 1
  return {
    shopId: shopId(1),
    id: told,
    type,
    profileId: profileId(1),
    subjects: ['checkout:k1', 'cart:c1'],
    occurredAt: begin,
    props: {},
    ...changes,
  }
}

export const lookupOf = (...flows: FlowVersion[]): FlowLookup => ({
  liveOf: () => flows,
  versionOf: (ref) => flows.find((flow) => flow.flowId === ref.flowId) ?? null,
})

let drawn = 1_000

/** Facts that speak against nothing. */
export function welcomeFacts(changes: Partial<AdmissionFacts> = {}): AdmissionFacts {
  drawn += 1
  const past = { lastEnteredAt: null, subjectEnteredAt: null }
  return { enrolmentId: enrolmentId(drawn), past, exitedBy: null, entry: null, ...changes }
}
