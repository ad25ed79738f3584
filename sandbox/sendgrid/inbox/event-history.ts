// What became of a mail: the one word for a list, and the story for its page.
import type { EventKind, SendGridEvent } from '#sandbox/sendgrid/model.ts'
import { html, type SafeHtml } from './html.ts'
import { logTime } from './times.ts'

const WORDS: Record<EventKind, string> = {
  processed: 'Processed',
  deferred: 'Deferred',
  delivered: 'Delivered',
  bounce: 'Bounced',
  dropped: 'Dropped',
  open: 'Opened',
  click: 'Clicked',
  spamreport: 'Marked as spam',
  unsubscribe: 'Unsubscribed',
}

/** Later in this list says more about a mail. */
const TELLING: EventKind[] = [
  'processed',
  'deferred',
  'delivered',
  'open',
  'click',
  'dropped',
  'bounce',
  'unsubscribe',
  'spamreport',
]

/** The most telling event as a small label. */
export function statusLabel(events: SendGridEvent[]): SafeHtml {
  const kinds = new Set(events.map(({ event }) => event))
  const kind = TELLING.findLast((each) => kinds.has(each))
  return kind
    ? html`<span class="status is-${kind}">${WORDS[kind]}</span>`
    : html`<span class="status is-processed">Accepted</span>`
}

/** All events in order of time, each with what SendGrid tells about it. */
export function eventHistory(receivedAt: Date, events: SendGridEvent[]): SafeHtml {
  const inOrder = events.toSorted((a, b) => a.timestamp - b.timestamp)
  return html`<ol class="history" id="history" data-live>
    <li class="is-accepted"><b>Accepted</b>${logTime(receivedAt)}</li>
    ${inOrder.map(
      (event) => html`<li class="is-${event.event}">
        <b>${event.sg_machine_open === true ? 'Opened by a machine' : WORDS[event.event]}</b>
        ${logTime(new Date(event.timestamp * 1000))}
        ${detailOf(event)}
      </li>`,
    )}
  </ol>`
}

function detailOf(event: SendGridEvent): SafeHtml | null {
  const detail = event.reason ?? event.response ?? event.url
  return typeof detail === 'string' ? html`<span class="detail">${detail}</span>` : null
}
