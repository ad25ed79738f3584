// One mail's page: how it looks on phone and desktop, what it says, and what happened to it.
import { type Link, trackableLinks } from '#sandbox/sendgrid/links.ts'
import type { Counts, StoredMail } from '#sandbox/sendgrid/mailbox.ts'
import type { ReceivedMail } from '#sandbox/sendgrid/model.ts'
import { eventHistory, statusLabel } from './event-history.ts'
import { html, type SafeHtml } from './html.ts'
import { avatar, mailPath, page, personPath } from './layout.ts'
import { fullTime } from './times.ts'

const VIEWS = { desktop: 'Desktop', phone: 'Phone', text: 'Text', headers: 'Headers', json: 'JSON' } as const

type View = keyof typeof VIEWS

/** The view that a `view` parameter asks for; desktop when it asks for nothing known. */
export function viewNamed(name: string | null): View {
  return name === 'phone' || name === 'text' || name === 'headers' || name === 'json' ? name : 'desktop'
}

/** The page. `notice` tells what the last button did. */
export function mailPage(options: { stored: StoredMail; counts: Counts; view: View; notice: string | null }): string {
  const { mail, delivery } = options.stored
  const content = html`
    <article class="mail">
      <header class="mail-head">
        ${avatar(mail.fromName ?? mail.from)}
        <div>
          <h1>${mail.subject || '(no subject)'}</h1>
          <p><b>${mail.fromName ?? mail.from}</b> <span class="quiet">${mail.fromName && `<${mail.from}>`}</span></p>
          <p class="quiet">to <a href="${personPath(mail.to)}">${mail.toName ? `${mail.toName} <${mail.to}>` : mail.to}</a></p>
          <p class="quiet">${fullTime(mail.receivedAt)}</p>
        </div>
        <span id="status" data-live>${statusLabel(delivery.events)}</span>
      </header>
      ${options.notice && html`<p class="notice" role="status">${options.notice}</p>`}
      <div class="tools">${viewSwitch(mail, options.view)}${actions(mail)}</div>
      <div class="columns">
        <section class="content" aria-label="Content">${contentOf(mail, options.view)}</section>
        <aside><h2>What happened</h2>${eventHistory(mail.receivedAt, delivery.events)}</aside>
      </div>
    </article>`
  return page({ title: `${mail.subject} · Sandbox inbox`, counts: options.counts, content })
}

function viewSwitch(mail: ReceivedMail, current: View): SafeHtml {
  return html`<nav class="views" aria-label="View">
    ${Object.entries(VIEWS).map(([view, label]) =>
      view === current
        ? html`<a aria-current="page" href="${mailPath(mail.id)}?view=${view}">${label}</a>`
        : html`<a href="${mailPath(mail.id)}?view=${view}">${label}</a>`,
    )}
  </nav>`
}

function actions(mail: ReceivedMail): SafeHtml {
  return html`<div class="actions">
    ${button(mail, 'open', 'Open')}
    ${linkMenu(mail, trackableLinks(mail.html))}
    ${button(mail, 'unsubscribe', 'Unsubscribe')}
    ${button(mail, 'spam', 'Mark as spam')}
    ${button(mail, 'bounce', 'Bounce')}
  </div>`
}

function button(mail: ReceivedMail, action: string, label: string): SafeHtml {
  return html`<form method="post" action="${mailPath(mail.id)}/${action}"><button>${label}</button></form>`
}

function linkMenu(mail: ReceivedMail, links: Link[]): SafeHtml {
  if (links.length === 0) return html`<button disabled>No links</button>`
  return html`<details class="menu">
    <summary>Click a link</summary>
    <ul>
      ${links.map(
        ({ label, url }, n) => html`<li>
          <a href="${mailPath(mail.id)}/link/${n}" target="_blank" rel="noopener"><b>${label}</b><span>${url}</span></a>
        </li>`,
      )}
    </ul>
  </details>`
}

function contentOf(mail: ReceivedMail, view: View): SafeHtml {
  if (view === 'text') return html`<pre class="text">${mail.text || 'This mail has no text part.'}</pre>`
  if (view === 'json') return html`<pre class="code">${JSON.stringify(mail, null, 2)}</pre>`
  if (view === 'headers') return headerTable(mail)
  return html`<div class="device is-${view}">
    <iframe title="The mail as its recipient sees it" src="${mailPath(mail.id)}/html"
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" data-fit></iframe>
  </div>`
}

function headerTable(mail: ReceivedMail): SafeHtml {
  const rows: [string, string][] = [
    ['From', mail.fromName ? `${mail.fromName} <${mail.from}>` : mail.from],
    ['To', mail.toName ? `${mail.toName} <${mail.to}>` : mail.to],
    ['Reply-To', mail.replyTo ?? ''],
    ['Subject', mail.subject],
    ...Object.entries(mail.headers),
    ['X-Message-Id', mail.id],
    ['Categories', mail.categories.join(', ')],
    ...Object.entries(mail.customArgs).map(([name, value]): [string, string] => [`custom_args.${name}`, value]),
  ]
  return html`<table class="headers">
    ${rows.filter(([, value]) => value !== '').map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}
  </table>`
}
