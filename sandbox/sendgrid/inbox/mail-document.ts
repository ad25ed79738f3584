// The mail itself, as the frame on its page shows it: links tracked and opened in a new tab, nothing executed.
import { rewriteLinks } from '#sandbox/sendgrid/links.ts'
import type { StoredMail } from '#sandbox/sendgrid/mailbox.ts'
import { escapeHtml } from './html.ts'
import { mailPath } from './layout.ts'

/** Allows what a mail may show and nothing that it could do. */
export const MAIL_POLICY = [
  'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline' *",
  'img-src * data:',
  'font-src * data:',
].join('; ')

/** The HTML part, or the text part as HTML. Where click tracking is on, links go by the stand-in as they would by SendGrid. */
export function mailDocument({ mail, delivery }: StoredMail): string {
  if (!mail.html)
    return `${BASE}<pre style="font:16px/1.5 system-ui;white-space:pre-wrap">${escapeHtml(mail.text)}</pre>`
  const tracked = delivery.tracksClicks ? rewriteLinks(mail.html, (n) => `${mailPath(mail.id)}/link/${n}`) : mail.html
  return /<head\b[^>]*>/i.test(tracked) ? tracked.replace(/<head\b[^>]*>/i, (head) => head + BASE) : BASE + tracked
}

const BASE = '<base target="_blank">'
