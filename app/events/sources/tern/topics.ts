// What Tern tells itself: what a reader does on its own pages, for flows to react to like to anything else.
import { z } from 'zod'
import { type TopicReader, topic } from '#app/events/sources/topic.ts'

/** How an unsubscription by link is named wherever its source is: in the consent ledger, on the message, in events. */
export const unsubscribeLink = 'unsubscribe link'

export const ternTopics = {
  /** The page has recorded it all; the message leads to the person. */
  'profile/unsubscribed': topic(z.object({ messageId: z.uuid() }), ({ messageId }, { at }) => ({
    message: { messageId, kind: 'unsubscribed', at, reason: unsubscribeLink, url: null, providerId: null },
    events: [
      {
        type: 'unsubscribed',
        subjects: ['profile', `message:${messageId}`],
        occurredAt: at,
        props: { source: unsubscribeLink },
      },
    ],
  })),
} satisfies Record<string, TopicReader>

export type TernTopic = keyof typeof ternTopics

export const isTernTopic = (topic: string): topic is TernTopic => Object.hasOwn(ternTopics, topic)
