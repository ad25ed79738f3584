// Times as the inbox shows them: always UTC, since the sandbox's clock belongs to no place.
import { html, type SafeHtml } from './html.ts'

const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium', timeZone: 'UTC' })

/** Short, as in a list: the time today, the day this year, else the date. */
export function shortTime(at: Date, now: Date): SafeHtml {
  const isToday = dayOfYear.format(at) === dayOfYear.format(now)
  const isThisYear = at.getUTCFullYear() === now.getUTCFullYear()
  const format = isToday ? clockTime : isThisYear ? day : dayOfYear
  return timeElement(at, format.format(at))
}

/** Complete, with weekday and seconds. */
export function fullTime(at: Date): SafeHtml {
  return timeElement(at, `${full.format(at)} UTC`)
}

/** Day and time to the second, as in a log. */
export function logTime(at: Date): SafeHtml {
  return timeElement(at, `${day.format(at)}, ${at.toISOString().slice(11, 19)}`)
}

function timeElement(at: Date, text: string): SafeHtml {
  return html`<time datetime="${at.toISOString()}" title="${at.toISOString()}">${text}</time>`
}
