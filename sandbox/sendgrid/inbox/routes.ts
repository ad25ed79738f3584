// The inbox's addresses: pages to look at, buttons to press, and the same mails as JSON.
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '#app/platform/clock.server.ts'
import type { Occurrence } from '#sandbox/sendgrid/delivery.ts'
import { answer, answerJson, redirect } from '#sandbox/sendgrid/http.ts'
import { trackableLinks } from '#sandbox/sendgrid/links.ts'
import type { Mailbox, StoredMail } from '#sandbox/sendgrid/mailbox.ts'
import type { PostOffice } from '#sandbox/sendgrid/post-office.ts'
import { mailPath } from './layout.ts'
import { listPage, mailsMatching, personPage } from './list-page.ts'
import { MAIL_POLICY, mailDocument } from './mail-document.ts'
import { mailPage, viewNamed } from './mail-page.ts'
import { unsubscribeInOneClick } from './one-click.ts'

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; frame-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
const STYLE = readStyle(new URL('./style/', import.meta.url))
const SCRIPT = readFileSync(new URL('./inbox.js', import.meta.url), 'utf8')
const API_LIMIT = 50

type Inbox = { clock: Clock; mailbox: Mailbox; postOffice: PostOffice }

/** Answers every request that is not for SendGrid's API. */
export function createInbox(inbox: Inbox) {
  return async function answerInbox(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://inbox.invalid')
    const parts = url.pathname.split('/').slice(1).map(decodePart)
    const [section, id, action, n] = parts
    if (request.method === 'POST') return answerAction(inbox, response, inbox.mailbox.find(id ?? ''), action)
    if (url.pathname === '/') return answerPage(response, mailList(inbox, url.searchParams))
    if (url.pathname === '/inbox.css') return answer(response, 200, 'text/css', STYLE)
    if (url.pathname === '/inbox.js') return answer(response, 200, 'text/javascript', SCRIPT)
    if (section === 'people' && id) return answerPage(response, person(inbox, id))
    if (section === 'api' && id === 'mails') return answerMailsAsJson(inbox, response, url.searchParams)
    const stored = section === 'mail' && id ? inbox.mailbox.find(id) : null
    if (!stored) return answer(response, 404, 'text/plain', 'There is no such page, or the mail is no longer kept.')
    return answerMail(inbox, response, { stored, action, n, query: url.searchParams })
  }
}

function answerMail(
  { mailbox, postOffice }: Inbox,
  response: ServerResponse,
  request: { stored: StoredMail; action?: string; n?: string; query: URLSearchParams },
) {
  const { stored, action, query } = request
  if (action === undefined) {
    const view = viewNamed(query.get('view'))
    return answerPage(response, mailPage({ stored, counts: mailbox.counts(), view, notice: query.get('notice') }))
  }
  if (action === 'html') {
    const policy = { 'Content-Security-Policy': MAIL_POLICY }
    return answer(response, 200, 'text/html; charset=utf-8', mailDocument(stored), policy)
  }
  const link = action === 'link' ? trackableLinks(stored.mail.html)[Number(request.n)] : undefined
  if (!link) return answer(response, 404, 'text/plain', 'The mail has no such link.')
  if (stored.delivery.tracksClicks) postOffice.happen(stored.delivery, { event: 'click', url: link.url })
  return redirect(response, link.url)
}

const PRESSED: Record<string, { occurrence: Occurrence; notice: string }> = {
  open: { occurrence: { event: 'open', isMachine: false }, notice: 'Opened.' },
  spam: { occurrence: { event: 'spamreport' }, notice: 'Marked as spam. SendGrid drops further mail to this address.' },
  bounce: {
    occurrence: { event: 'bounce', type: 'bounce', reason: '550 5.1.1 No such mailbox here', status: '5.1.1' },
    notice: 'Bounced. SendGrid drops further mail to this address.',
  },
}

async function answerAction(
  inbox: Inbox,
  response: ServerResponse,
  stored: StoredMail | null,
  action: string | undefined,
) {
  if (!stored) return answer(response, 404, 'text/plain', 'The mail is no longer kept.')
  const pressed = PRESSED[action ?? '']
  if (!pressed && action !== 'unsubscribe') return answer(response, 404, 'text/plain', 'There is no such button.')
  if (pressed) inbox.postOffice.happen(stored.delivery, pressed.occurrence)
  const notice = pressed?.notice ?? (await unsubscribeInOneClick(stored.mail))
  redirect(response, `${mailPath(stored.mail.id)}?notice=${encodeURIComponent(notice)}`)
}

function mailList({ mailbox, clock }: Inbox, query: URLSearchParams): string {
  return listPage({
    mails: mailbox.all(),
    counts: mailbox.counts(),
    search: query.get('q') ?? '',
    pageNumber: Math.max(1, Math.trunc(Number(query.get('page'))) || 1),
    now: clock.now(),
  })
}

function person({ mailbox, postOffice, clock }: Inbox, address: string): string {
  const mails = mailbox.all()
  const latest = mails.findLast(({ mail }) => mail.to.toLowerCase() === address.toLowerCase())
  const dropReason = latest ? postOffice.dropReason(latest.delivery) : null
  return personPage({ mails, counts: mailbox.counts(), address, dropReason, now: clock.now() })
}

function answerMailsAsJson({ mailbox }: Inbox, response: ServerResponse, query: URLSearchParams) {
  const limit = Math.trunc(Number(query.get('limit'))) || API_LIMIT
  const found = mailsMatching(mailbox.all(), query.get('to') ?? '').slice(0, limit)
  answerJson(response, 200, { mails: found.map(({ mail, delivery }) => ({ ...mail, events: delivery.events })) })
}

function answerPage(response: ServerResponse, markup: string) {
  answer(response, 200, 'text/html; charset=utf-8', markup, { 'Content-Security-Policy': PAGE_POLICY })
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // Not an address this inbox ever wrote; it will find nothing.
    return part
  }
}

/** The parts' numbers are their order. */
function readStyle(folder: URL): string {
  const parts = readdirSync(folder).toSorted()
  return parts.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n')
}
