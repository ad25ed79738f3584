// What the law asks of a marketing mail, checked on the filled mail, where no condition can hide that it is missing.
import type { TemplateVariables } from './variables.ts'

/** What `message` lacks, in words for its author; null when nothing is missing. */
export function missingRequiredContent(
  message: { html: string; text: string },
  variables: TemplateVariables,
): string | null {
  if (!variables.message.is_marketing) return null
  const { unsubscribe_url, shop } = variables
  if (!message.html.includes(`"${escaped(unsubscribe_url)}"`)) {
    return 'The mail has no unsubscribe link: link to {{ unsubscribe_url }}'
  }
  if (!message.text.includes(unsubscribe_url)) return 'The plain text has no {{ unsubscribe_url }}'
  if (!message.html.includes(escaped(shop.address))) return 'The mail does not show {{ shop.address }}'
  if (!message.text.includes(shop.address)) return 'The plain text does not show {{ shop.address }}'
  return null
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}
