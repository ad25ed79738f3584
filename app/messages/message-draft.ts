// A message as the decision makes it: who, about what, with which template, from when on.

import type { Subject } from '#app/events/vocabulary.ts'
import type { EnrolmentId, FlowId, MessageId, ProfileId, ShopId } from '#app/lib/ids.ts'

/** Marketing needs consent; transactional only that the address is not suppressed. */
export type MessageClass = 'marketing' | 'transactional'

export interface MessageDraft {
  shopId: ShopId
  /** Derived from the visit (UUIDv5): the same decision made twice is the same message. */
  id: MessageId
  profileId: ProfileId
  flowId: FlowId
  flowVersion: number
  enrolmentId: EnrolmentId
  step: string
  templateId: string
  channel: 'email'
  class: MessageClass
  subject: Subject
  createdAt: Date
  dueAt: Date
}
