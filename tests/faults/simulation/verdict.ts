// What must be true after a simulated run, whatever went wrong in it: seen from SendGrid's side and in the tables.
import type { Mischief } from './mischief.ts'
import { horizonMs, type ShopDatabase, startAt } from './shop-database.ts'
import type { Run } from './simulate.ts'
import { emailOf, type Story } from './story.ts'

/** Every broken promise, in words; none when all is well. */
export async function findBroken(shop: ShopDatabase, story: Story, mischief: Mischief, run: Run): Promise<string[]> {
  const messages = await listMessages(shop)
  const counts = await countBroken(shop)
  return [
    ...mailsTwice(run),
    ...mailsAfterStops(run),
    ...statesThatLie(run, messages),
    ...mailsLost(story, mischief, run, messages),
    ...(await deliveriesLost(shop, story, run)),
    ...Object.entries(counts).flatMap(([what, count]) => (count === 0 ? [] : [`${count} ${what}`])),
    ...(run.logged.get('lane.wake_up_was_lost') ? ['a wake-up was lost'] : []),
  ]
}

function mailsTwice({ taken }: Run): string[] {
  const ids = Map.groupBy(taken, ({ messageId }) => messageId)
  return [...ids].flatMap(([id, mails]) => (mails.length > 1 ? [`${mails.length} mails of message ${id}`] : []))
}

/** What was durable before a message was claimed must have been heeded. */
function mailsAfterStops({ taken, accepted }: Run): string[] {
  return accepted.flatMap(({ delivery: { stop, stops, id }, step }) => {
    // Orders end abandonment flows only: that is looked at by what each flow owes (`mailsLost`) and by the gate's tests.
    if (!stops && (!stop || stop.topic.startsWith('orders/'))) return []
    const whose = stops ?? (stop!.person === null ? null : emailOf(stop!.person))
    return taken
      .filter(({ to, claimedAfter }) => (whose === null || to === whose) && claimedAfter > step)
      .map(({ to }) => `a mail to ${to} after ${id}: ${stop?.topic ?? stops}`)
  })
}

interface Message {
  id: string
  state: string
  reason: string | null
  isHandedOver: boolean
  flow: string
  step: string
  email: string | null
}

async function listMessages({ watcher }: ShopDatabase): Promise<Message[]> {
  const { rows } = await watcher.pool.query<Message>(
    `select m.id, m.state, m.reason, m.handed_over_at is not null as "isHandedOver", f.key as flow, m.step, p.email
     from message m join flow f on f.shop_id = m.shop_id and f.id = m.flow_id
     join profile p on p.shop_id = m.shop_id and p.id = m.profile_id`,
  )
  return rows
}

/** What Tern believes of a mail is what happened to it. */
function statesThatLie({ taken }: Run, messages: readonly Message[]): string[] {
  const known = new Set(taken.map(({ messageId }) => messageId))
  return messages
    .filter(({ id, isHandedOver, state }) => known.has(id) !== isHandedOver && state !== 'unknown')
    .map(
      ({ flow, step, state }) =>
        `${flow}/${step} is ${state}, but SendGrid ${state === 'handed_over' ? 'lacks' : 'has or lacks'} it`,
    )
}

/** Those whom nothing stops get what their flow owes them by then, unless SendGrid refused it. */
function mailsLost(story: Story, mischief: Mischief, { taken }: Run, messages: readonly Message[]): string[] {
  if (story.uninstalledMinute !== null || mischief.readers.length > 0) return []
  const got = new Set(taken.map(({ messageId }) => messageId))
  return story.people.flatMap(({ life, ending }, number) => {
    if (ending !== 'none') return []
    const mails = messages.filter(({ email }) => email === emailOf(number))
    return owed[life].flatMap((mail) => {
      const message = mails.find(({ flow, step }) => `${flow}/${step}` === mail)
      if (message && (got.has(message.id) || message.reason?.startsWith('sendgrid_4'))) return []
      return [
        `${emailOf(number)} did not get ${mail}: ${message ? `${message.state}, ${message.reason}` : 'no message'}`,
      ]
    })
  })
}

const checkoutMails = ['abandoned-checkout/reminder']
const owed: Record<Story['people'][number]['life'], string[]> = {
  subscribes: ['welcome/hello'],
  'leaves a cart': ['welcome/hello'],
  'leaves a checkout': ['welcome/hello', ...checkoutMails],
  buys: ['post-purchase/thank-you-first'],
  'buys and cancels': [],
  'leaves and buys': [],
}

async function deliveriesLost({ watcher }: ShopDatabase, story: Story, { accepted }: Run): Promise<string[]> {
  const isEnding = story.uninstalledMinute !== null || story.people.some(({ ending }) => ending === 'is erased')
  const { rows } = await watcher.pool.query<{ id: string; n: number }>(
    'select delivery_id as id, count(*) as n from inbox_archive group by 1',
  )
  const kept = new Map(rows.map(({ id, n }) => [id, n]))
  const twice = rows.filter(({ n }) => n > 1).map(({ id }) => `${id} was worked off twice`)
  if (isEnding) return twice
  const webhooks = accepted.filter(({ delivery }) => delivery.path === '/webhooks/shopify')
  return [...twice, ...webhooks.flatMap(({ delivery: { id } }) => (kept.has(id) ? [] : [`${id} was lost`]))]
}

async function countBroken({ watcher }: ShopDatabase): Promise<Record<string, number>> {
  const more = (sql: string) => `(select count(*) from (${sql} having count(*) > 1) twice)`
  const { rows } = await watcher.pool.query<Record<string, number>>(
    `select (select count(*) from inbox) as "deliveries unread or set aside",
       (select count(*) from message where state = 'claimed' or state = 'unknown' and due_at is not null)
         as "messages in doubt",
       (select count(*) from message where state in ('queued', 'deferred') and due_at <= $1) as "messages overdue",
       (select count(*) from enrolment where state = 'failed' or attempts > 0) as "enrolments that failed",
       (select count(*) from enrolment where state = 'active' and wake_at <= $1) as "enrolments overdue",
       (select count(*) from enrolment where state = 'active' and wake_at is null and waits_for is null)
         as "enrolments that wait for nothing",
       (select count(*) from visit where verdict = 'failed') as "visits that failed",
       (select count(*) from shop_lane where lease_until > $1) as "lanes held",
       ${more('select from message group by shop_id, enrolment_id, step')} as "messages made twice",
       ${more(`select from enrolment e where exists (select from message m where m.shop_id = e.shop_id
         and m.enrolment_id = e.id and m.handed_over_at is not null) group by shop_id, flow_id, profile_id, subject`)}
         as "people who were written to twice about the same",
       ${more(`select from event where type in ('order_placed', 'order_paid', 'order_cancelled') group by type, subject`)}
         as "order events told twice",
       ${more('select from profile where merged_into is null and email is not null group by shop_id, email')}
         as "people known twice",
       (select count(*) from profile p where p.merged_into is null and p.order_count <>
         (select count(*) from shop_order o where o.shop_id = p.shop_id and o.profile_id = p.id and o.cancelled_at is null))
         as "order counts that don't tie"`,
    [new Date(startAt.getTime() + horizonMs)],
  )
  return rows[0]!
}
