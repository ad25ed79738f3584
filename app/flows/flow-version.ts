// A published version of a flow with what follows from its definition: made once, then only read.
import type { EventType } from '#app/events/vocabulary.ts'
import type { FlowId, ShopId } from '#app/lib/ids.ts'
import type { Definition, Exit } from './definition.ts'
import { kindOfStep } from './steps/registry.ts'
import { kindOfTrigger } from './triggers/registry.ts'

export interface FlowVersion {
  readonly shopId: ShopId
  readonly flowId: FlowId
  readonly version: number
  readonly definition: Definition
  /** The templates of its steps that exist. */
  readonly templates: ReadonlySet<string>
  /** The definition's exits, and those that end every flow with marketing mail. */
  readonly exits: readonly ActiveExit[]
  /** The events that can begin it, end it or wake someone in it. */
  readonly listensTo: ReadonlySet<EventType>
}

/** `whenever`: also when it happened before the entry, because it tells how things are now. */
type ActiveExit = Exit & { whenever?: true }

/** Who can't be written to any more leaves every flow that would write marketing mail. */
const marketingExits: readonly ActiveExit[] = [
  marketingExit('unsubscribed', 'unsubscribed'),
  marketingExit('message_unsubscribed', 'unsubscribed'),
  marketingExit('message_complained', 'complained'),
  marketingExit('message_bounced', 'bounced'),
]

function marketingExit(on: EventType, reason: string): ActiveExit {
  return { on, match: 'profile', reason, onlyWhole: false, whenever: true }
}

export interface PublishedFlow {
  shopId: ShopId
  flowId: FlowId
  version: number
  definition: Definition
  templates: ReadonlySet<string>
}

export function toFlowVersion(published: PublishedFlow): FlowVersion {
  const { trigger, exits: own, steps } = published.definition
  const hasMarketing = Object.values(steps).some((step) => step.kind === 'send-email' && step.class === 'marketing')
  const exits = hasMarketing ? [...own, ...marketingExits] : own
  const triggerKind = kindOfTrigger(trigger)
  const awaited = Object.values(steps).flatMap((step) => kindOfStep(step).awaits?.(step).type ?? [])
  const begins = triggerKind.begins === 'by-event' ? triggerKind.events : [triggerKind.armedBy]
  return { ...published, exits, listensTo: new Set([...begins, ...exits.map((exit) => exit.on), ...awaited]) }
}

/** The templates that a definition's steps send. */
export function templatesOf(definition: Definition): string[] {
  const sent = Object.values(definition.steps).flatMap((step) => (step.kind === 'send-email' ? [step.template] : []))
  return [...new Set(sent)]
}
