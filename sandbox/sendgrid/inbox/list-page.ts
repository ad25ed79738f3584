// The list of mails, newest first, and one person's thread.
import type { Counts, StoredMail } from '#sandbox/sendgrid/mailbox.ts'
import { statusLabel } from './event-history.ts'
import { html, type SafeHtml } from './html.ts'
import { avatar, mailPath, page, personPath } from './layout.ts'
import { previewOf } from './preview.ts'
import { shortTime } from './times.ts'

const PAGE_SIZE = 50

/** Mails whose recipient's address or name contains `search`, newest first. */
export function mailsMatching(mails: StoredMail[], search: string): StoredMail[] {
  const wanted = search.trim().toLowerCase()
  return mails
    .filter(({ mail }) => mail.to.toLowerCase().includes(wanted) || mail.toName?.toLowerCase().includes(wanted))
    .reverse()
}

/** The inbox. `pageNumber` counts from 1. */
export function listPage(view: {
  mails: StoredMail[]
  counts: Counts
  search: string
  pageNumber: number
  now: Date
}): string {
  const { counts, search, pageNumber, now } = view
  const found = mailsMatching(view.mails, search)
  const start = (pageNumber - 1) * PAGE_SIZE
  const shown = found.slice(start, start + PAGE_SIZE)
  const content = html`
    ${search && html`<h1 class="found">${found.length.toLocaleString('en')} mails to “${search}” <a href="/">Show all</a></h1>`}
    <div id="mails" data-live>${shown.length > 0 ? rows(shown, now) : emptyList(search)}</div>
    ${pager(found.length, pageNumber, search)}`
  return page({ title: search ? `${search} · Sandbox inbox` : 'Sandbox inbox', counts, search, content })
}

/** Everything one address received, as a thread. */
export function personPage(view: {
  mails: StoredMail[]
  counts: Counts
  address: string
  dropReason: string | null
  now: Date
}): string {
  const { counts, address, dropReason, now } = view
  const thread = view.mails.filter(({ mail }) => mail.to.toLowerCase() === address.toLowerCase()).reverse()
  const name = thread.find(({ mail }) => mail.toName)?.mail.toName
  const content = html`
    <section class="person">
      ${avatar(name ?? address)}
      <div>
        <h1>${name ?? address}</h1>
        <p>${address} · ${thread.length} ${thread.length === 1 ? 'mail' : 'mails'}</p>
        ${dropReason && html`<p class="warning">SendGrid drops further mail: ${dropReason}</p>`}
      </div>
    </section>
    <div id="mails" data-live>${thread.length > 0 ? rows(thread, now) : emptyList(address)}</div>`
  return page({ title: `${address} · Sandbox inbox`, counts, search: address, content })
}

function rows(mails: StoredMail[], now: Date): SafeHtml {
  return html`<ul class="mails">
    ${mails.map(
      ({ mail, delivery }) => html`<li>
        ${avatar(mail.toName ?? mail.to)}
        <div class="row-text">
          <p class="row-head">
            <a class="to" href="${personPath(mail.to)}">${mail.toName ?? mail.to}</a>
            <span class="quiet">${mail.toName && `${mail.to} · `}from ${mail.fromName ?? mail.from}</span>
          </p>
          <a class="subject" href="${mailPath(mail.id)}">${mail.subject || '(no subject)'}</a>
          <p class="preview">${previewOf(mail)}</p>
        </div>
        <div class="row-side">${shortTime(mail.receivedAt, now)}${statusLabel(delivery.events)}</div>
      </li>`,
    )}
  </ul>`
}

function emptyList(search: string): SafeHtml {
  return search
    ? html`<p class="empty"><b>No mail to “${search}”</b>Only the address and the name of the recipient are searched.</p>`
    : html`<p class="empty"><b>No mail yet</b>As soon as Tern sends something it appears here.</p>`
}

function pager(total: number, pageNumber: number, search: string): SafeHtml | null {
  const last = Math.ceil(total / PAGE_SIZE)
  if (last <= 1) return null
  const address = (number: number) => `/?q=${encodeURIComponent(search)}&page=${number}`
  return html`<nav class="pager" aria-label="Pages">
    ${pageNumber > 1 && html`<a href="${address(pageNumber - 1)}">Newer</a>`}
    <span>Page ${pageNumber} of ${last}</span>
    ${pageNumber < last && html`<a href="${address(pageNumber + 1)}">Older</a>`}
  </nav>`
}
