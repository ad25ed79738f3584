// How recipients react: nobody at all (tests), or a lively crowd with realistic rates (the demo).
import { trackableLinks } from './links.ts'
import type { EngagementModel, PlannedReaction, ReceivedMail } from './model.ts'
import type { Random } from './random.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DELIVERED = 3 * SECOND

/** Every mail is processed and delivered, and nobody does anything with it. */
export const quietEngagement: EngagementModel = () => []

/** 45 % opened (20 % by machines), 8 % clicked, 0.5 % bounced, 0.3 % blocked, 0.2 % unsubscribed, 0.05 % complaints. */
export const livelyEngagement: EngagementModel = (mail, random) => {
  const fate = random()
  if (fate < 0.005) return [hardBounce]
  if (fate < 0.008) return [block]
  if (fate < 0.018) return [{ afterMs: DELIVERED, event: 'deferred', response: '451 4.7.1 Greylisting in action' }]
  const reader = random()
  if (reader < 0.2) return [{ afterMs: DELIVERED + random() * 10 * SECOND, event: 'open', isMachine: true }]
  return reader < 0.45 ? readByPerson(mail, random) : []
}

const hardBounce: PlannedReaction = {
  afterMs: DELIVERED,
  event: 'bounce',
  type: 'bounce',
  reason: '550 5.1.1 The email account that you tried to reach does not exist.',
  status: '5.1.1',
}

const block: PlannedReaction = {
  afterMs: DELIVERED,
  event: 'bounce',
  type: 'blocked',
  reason: '550 5.7.1 Our system has detected that this message is likely unsolicited mail.',
  status: '5.7.1',
}

/** A quarter of all mails; so 32 % of these make 8 % of all. */
function readByPerson(mail: ReceivedMail, random: Random): PlannedReaction[] {
  const openMs = DELIVERED + waitUntilRead(random)
  const reactions: PlannedReaction[] = [{ afterMs: openMs, event: 'open', isMachine: false }]
  const mood = random()
  if (mood < 0.002) reactions.push({ afterMs: openMs + 20 * SECOND, event: 'spamreport' })
  else if (mood < 0.01) reactions.push({ afterMs: openMs + 40 * SECOND, event: 'unsubscribe' })
  else if (mood < 0.33) reactions.push(...clickSomewhere(mail, openMs, random))
  return reactions
}

/** Most read within the hour, a few the next day. */
function waitUntilRead(random: Random): number {
  return Math.min(36 * HOUR, -Math.log(1 - random()) * 90 * MINUTE)
}

function clickSomewhere(mail: ReceivedMail, openMs: number, random: Random): PlannedReaction[] {
  const links = trackableLinks(mail.html).filter(({ url }) => !/unsubscribe|preferences/i.test(url))
  const link = links[Math.floor(random() * links.length)]
  return link ? [{ afterMs: openMs + (5 + random() * 60) * SECOND, event: 'click', url: link.url }] : []
}
