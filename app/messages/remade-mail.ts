// A mail made again from the words of its template and what that was filled with: what was sent, but for dead links.
import { keptVariables } from './message-content.ts'
import type { MessageDetails } from './message-details.server.ts'
import { renderMessage } from './rendering/render-message.ts'

export interface RemadeMail {
  from: { name: string; email: string }
  to: string
  subject: string
  html: string
  text: string
}

/** Null when what it was made of is not kept (any more), or can't be read. */
export function remadeMail(
  message: Pick<MessageDetails, 'content' | 'template' | 'flowKey' | 'step'>,
): RemadeMail | null {
  const { content, template } = message
  const variables = content && keptVariables(content)
  if (!content || !variables || !template) return null
  const utm = { campaign: message.flowKey ?? 'message', content: message.step ?? '' }
  const rendered = renderMessage(template, variables, { utm })
  if (!rendered.ok) return null
  const { subject, html, text } = rendered
  return { from: content.from, to: content.to, subject, html, text }
}
