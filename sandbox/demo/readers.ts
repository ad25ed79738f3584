// How the demo's readers react to mail: like a lively crowd, of whom some finish the checkout that a mail reminds them of.
import { chance, randomFor } from '#sandbox/lib/random.ts'
import { livelyEngagement } from '#sandbox/sendgrid/engagement.ts'
import type { EngagementModel, ReceivedMail } from '#sandbox/sendgrid/model.ts'

const finishShare = 0.6
const minuteMs = 60_000

/** `comeBack` is told of everybody who will finish their checkout, and when. */
export function livelyReaders(seed: string, comeBack: (checkoutToken: string, at: Date) => void): EngagementModel {
  return (mail, random) => {
    const reactions = livelyEngagement(mail, random)
    const click = reactions.find(({ event }) => event === 'click')
    const checkoutToken = checkoutIn(mail)
    const decision = randomFor(seed, `comeback:${mail.messageId ?? mail.id}`)
    if (click && checkoutToken && chance(decision, finishShare)) {
      const thinkingMs = (2 + decision() * 15) * minuteMs
      comeBack(checkoutToken, new Date(mail.receivedAt.getTime() + click.afterMs + thinkingMs))
    }
    return reactions
  }
}

function checkoutIn({ html }: ReceivedMail): string | null {
  return /\/checkouts\/([0-9a-f]{32})\/recover/.exec(html)?.[1] ?? null
}
