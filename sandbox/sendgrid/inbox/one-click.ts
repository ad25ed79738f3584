// One-click unsubscribe as a mail client does it (RFC 8058): a bare POST to the address in List-Unsubscribe.
import type { ReceivedMail } from '#sandbox/sendgrid/model.ts'

const ANSWER_WITHIN_MS = 10_000

/** Unsubscribes by the mail's own headers and says in words how it went. */
export async function unsubscribeInOneClick(mail: ReceivedMail): Promise<string> {
  const url = webAddress(headerNamed(mail, 'list-unsubscribe'))
  if (!url) return 'This mail has no List-Unsubscribe header with a web address.'
  if (headerNamed(mail, 'list-unsubscribe-post').trim() !== 'List-Unsubscribe=One-Click') {
    return 'This mail has no List-Unsubscribe-Post header, so no mail client offers one-click unsubscribe.'
  }
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const body = 'List-Unsubscribe=One-Click'
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' })
    await response.arrayBuffer()
    return response.ok
      ? `Unsubscribed: the server answered ${response.status}.`
      : `Not unsubscribed: the server answered ${response.status}.`
  } catch (error) {
    return `Not unsubscribed: no answer (${error instanceof Error ? error.message : String(error)}).`
  }
}

function headerNamed(mail: ReceivedMail, name: string): string {
  return Object.entries(mail.headers).find(([each]) => each.toLowerCase() === name)?.[1] ?? ''
}

function webAddress(listUnsubscribe: string): string | null {
  const addresses = [...listUnsubscribe.matchAll(/<([^>]+)>/g)].map((match) => match[1]!)
  return addresses.find((address) => /^https?:\/\//i.test(address) && URL.canParse(address)) ?? null
}
