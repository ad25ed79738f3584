// The words of the live summary: a few calm lines for a terminal, or one line for a log.
import type { DeliveryCounts } from '#sandbox/shopify/webhooks/deliveries.ts'
import type { ShopFacts } from './shop-facts.ts'

export interface Moment {
  /** The shop's time. */
  at: Date
  timezone: string
  webhooks: Pick<DeliveryCounts, 'sent' | 'accepted' | 'rejected'>
  shop: ShopFacts
  /** The newest last. */
  lastMails: { subject: string; person: string }[]
}

/** The lines that are redrawn in place; always equally many. */
export function summaryLines({ at, timezone, webhooks, shop, lastMails }: Moment): string[] {
  const { mails, flows } = shop
  const flowWidth = Math.max(...flows.map(({ name }) => name.length), 0)
  const flowLines = flows.map(
    ({ name, enrolled, active }) =>
      `  ${name.padEnd(flowWidth)}  ${count(enrolled).padStart(6)}  ${count(active).padStart(6)} on their way`,
  )
  const mailLines = Array.from({ length: shownMails }, (_, index) => {
    const mail = lastMails.at(-1 - index)
    return mail ? `  ${mail.subject} → ${mail.person}` : ''
  })
  return [
    `${day(at, timezone)} in the shop`,
    '',
    `Webhooks  ${count(webhooks.sent)} sent, ${count(webhooks.accepted)} accepted, ${count(webhooks.rejected)} rejected${shop.waiting > 0 ? `, ${count(shop.waiting)} being read` : ''}`,
    `Shop      ${count(shop.people)} people, ${count(shop.orders)} orders`,
    `Mails     ${count(mails.queued)} queued, ${count(mails.handedOver)} handed over, ${count(mails.delivered)} delivered, ${count(mails.opened)} opened, ${count(mails.clicked)} clicked`,
    '',
    'People in flows',
    ...flowLines,
    '',
    'Last mails',
    ...mailLines,
  ]
}

/** The same in one line. */
export function summaryLine({ at, timezone, webhooks, shop, lastMails }: Moment): string {
  const { mails } = shop
  const enrolled = shop.flows.reduce((total, flow) => total + flow.enrolled, 0)
  const last = lastMails.at(-1)
  return [
    day(at, timezone),
    `webhooks ${webhooks.sent} sent ${webhooks.accepted} accepted ${webhooks.rejected} rejected`,
    `${shop.people} people`,
    `${shop.orders} orders`,
    `${enrolled} enrolments`,
    `mails ${mails.queued} queued ${mails.handedOver} handed over ${mails.delivered} delivered ${mails.opened} opened ${mails.clicked} clicked`,
    ...(last ? [`last: ${last.subject} → ${last.person}`] : []),
  ].join(' · ')
}

const shownMails = 5
const numberFormat = new Intl.NumberFormat('en')
const count = (value: number) => numberFormat.format(value)

function day(at: Date, timeZone: string): string {
  const options = {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  } as const
  return new Intl.DateTimeFormat('en-GB', options).format(at).replace(' at ', ', ')
}
