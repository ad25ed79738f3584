// Makes one candidate into the mail that goes to SendGrid, or says why that cannot be.

import { oneLine } from '#app/messages/rendering/plain-line.ts'
import { renderMessage } from '#app/messages/rendering/render-message.ts'
import type { CompiledTemplate } from '#app/messages/rendering/template.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'
import type { Candidate } from './candidates.server.ts'
import type { HiddenBlocks } from './hidden-blocks.server.ts'
import { readerLinks } from './links.server.ts'
import type { Mail } from './mail-sender.server.ts'
import { type MessageContent, messageContent } from './message-content.ts'
import type { Purchase } from './purchase.server.ts'
import { templateVariables } from './template-variables.ts'

export interface ComposedMail {
  ok: true
  candidate: Candidate
  mail: Mail
  content: MessageContent
}

export interface UncomposedMail {
  ok: false
  candidate: Candidate
  reason: string
  /** Filling its template took too long or too much memory. */
  exceeded?: boolean
  /** Set when it was nobody's expectation. */
  error?: unknown
}

/** Pure but for the sealing of the links. What one message's data breaks is its own failure, not its batch's. */
export function composeMail(...given: Parameters<typeof composed>): ComposedMail | UncomposedMail {
  try {
    return composed(...given)
  } catch (error) {
    return { ok: false, candidate: given[1], reason: 'cannot_be_composed', error }
  }
}

function composed(
  { appUrl, secrets }: { appUrl: string; secrets: Secrets },
  candidate: Candidate,
  purchase: Purchase | null,
  template: CompiledTemplate | null,
  hidden: HiddenBlocks = {},
): ComposedMail | UncomposedMail {
  const { profile, sender, shop } = candidate
  if (template === null) return { ok: false, candidate, reason: 'template_missing' }
  if (sender === null || profile.email === null) return { ok: false, candidate, reason: 'no_sender' }
  const links = readerLinks(appUrl, secrets, {
    shopId: candidate.shopId,
    profileId: candidate.profileId,
    messageId: candidate.id,
  })
  const filled = templateVariables(candidate, purchase, links, hidden)
  if (!filled.ok) return { ok: false, candidate, reason: filled.reason }
  const utm = { campaign: candidate.flowKey, content: candidate.step }
  const fill = () => renderMessage(template, filled.variables, { utm })
  const first = fill()
  // A process that others keep from running looks like a template that is too slow: only twice in a row counts.
  const rendered = !first.ok && first.exceeded ? fill() : first
  if (!rendered.ok) return { ok: false, candidate, reason: rendered.reason, exceeded: rendered.exceeded ?? false }
  const mail: Mail = {
    from: { email: sender.fromEmail, name: oneLine(template.fromName ?? sender.fromName, 100) },
    replyTo: template.replyTo ?? sender.replyTo,
    to: profile.email,
    subject: rendered.subject,
    html: rendered.html,
    text: rendered.text,
    headers: candidate.class === 'marketing' ? unsubscribeHeaders(links.unsubscribe) : {},
    customArgs: { message_id: candidate.id, tenant: shop.publicId },
  }
  return { ok: true, candidate, mail, content: messageContent(mail, filled.variables) }
}

/** RFC 8058: mail programs show a button that posts to this address, without cookies and without a page. */
function unsubscribeHeaders(url: string) {
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}
