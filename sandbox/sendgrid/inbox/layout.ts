// The frame of every inbox page.
import type { Counts } from '#sandbox/sendgrid/mailbox.ts'
import { html, type SafeHtml } from './html.ts'

/** A whole page as markup. `search` is what the search box shows. */
export function page(options: { title: string; counts: Counts; search?: string; content: SafeHtml }): string {
  const { received, duplicates, rejected } = options.counts
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${options.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/inbox.css">
<script src="/inbox.js" defer></script>
</head>
<body>
<header class="top">
  <div class="top-inner">
    <a class="brand" href="/"><span class="brand-mark" aria-hidden="true"></span>Sandbox inbox</a>
    <form class="search" action="/" role="search">
      <input type="search" name="q" value="${options.search ?? ''}" placeholder="Search by address or name" aria-label="Search by address or name">
    </form>
    <p class="counts" id="counts" data-live>
      <span><b>${received.toLocaleString('en')}</b> received</span>
      <span class="${duplicates === 0 && 'is-zero'}"><b>${duplicates.toLocaleString('en')}</b> duplicate</span>
      <span class="${rejected === 0 && 'is-zero'}"><b>${rejected.toLocaleString('en')}</b> rejected</span>
    </p>
  </div>
</header>
<main>${options.content}</main>
<footer>Every mail handed to SendGrid ends here. Nothing leaves this machine.</footer>
</body>
</html>`.markup
}

/** A round badge with the initials of a person or a shop, in a colour of its own. */
export function avatar(name: string): SafeHtml {
  const words = name.split(/[\s@._-]+/).filter(Boolean)
  const initials = words.slice(0, 2).map((word) => [...word][0] ?? '')
  const hue = [...name].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973, 7) % 8
  return html`<span class="avatar hue-${hue}" aria-hidden="true">${initials.join('').toUpperCase()}</span>`
}

/** The path of a mail's page. */
export function mailPath(id: string): string {
  return `/mail/${encodeURIComponent(id)}`
}

/** The path of the page with all mails to an address. */
export function personPath(address: string): string {
  return `/people/${encodeURIComponent(address)}`
}
