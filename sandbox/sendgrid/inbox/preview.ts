// The few words of a mail that an inbox shows beside its subject.

import { decodeEntities } from '#sandbox/sendgrid/links.ts'
import type { ReceivedMail } from '#sandbox/sendgrid/model.ts'

const LENGTH = 140

/** What a mail client would show as preview: the first visible text of the HTML part, else of the text part. */
export function previewOf(mail: ReceivedMail): string {
  const body = mail.html ? visibleText(mail.html) : mail.text
  return body.replace(/\s+/g, ' ').trim().slice(0, LENGTH)
}

function visibleText(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<(head|style|script|title)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
  // Preview texts are padded with invisible characters so that clients show nothing behind them.
  return decodeEntities(text).replace(/\p{Default_Ignorable_Code_Point}/gu, '')
}
