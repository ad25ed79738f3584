// What a kind of trigger is: which events begin a flow, about what, and how long after the fact that still makes sense.
import type { z } from 'zod'
import type { EventType, ShopEvent, Subject } from '#app/events/vocabulary.ts'
import type { Told } from '#app/lib/told.ts'
import type { MailSubject } from '#app/messages/design/block-kind.ts'
import type { Duration } from './duration.ts'

/** Small and flat, like the props of the event it is made from. */
export type TriggerContext = ShopEvent['props']

export interface Started {
  subject: Subject
  context: TriggerContext
}

/** What a trigger sees of an event. */
export type TriggerEvent = Pick<ShopEvent, 'type' | 'subjects' | 'props' | 'valueMinor' | 'currency'>

interface CommonTrigger<Trigger> {
  schema: z.ZodType<Trigger>
  /** What its mails are about, and so what they can show. */
  about: MailSubject
  /** An event older than this begins nothing: a late sweep must not start old stories. */
  staleAfter: Duration
  /** A purchase that was not finished: its mails wait while orders are still unread. */
  isAbandonment: boolean
  tell(trigger: Trigger): Told
  /** A new trigger of this kind, before the merchant has said more. */
  blank(): Trigger
}

/** Begun by something that happens. */
export interface EventTrigger<Trigger> extends CommonTrigger<Trigger> {
  begins: 'by-event'
  events: readonly EventType[]
  /** A new event about the running subject shows that the shopper is still active: the first wait begins again. */
  restartsFirstWait: boolean
  match(trigger: Trigger, event: TriggerEvent): Started | null
}

/** Begun by something that has not happened for some time. */
export interface AbsenceTrigger<Trigger> extends CommonTrigger<Trigger> {
  begins: 'by-absence'
  armedBy: EventType
  /** How long after the arming event the absence is complete. */
  length(trigger: Trigger): Duration
  start(trigger: Trigger): Started
}

export type TriggerKindModule<Trigger> = EventTrigger<Trigger> | AbsenceTrigger<Trigger>
