// What happens in a simulated shop, and what the sources tell of it: small enough to read when a run fails.
import fc from 'fast-check'
import {
  cartSaid,
  checkoutSaid,
  consentSaid,
  customerSaid,
  orderSaid,
  type Said,
  said,
} from '#tests/builders/observations.ts'

const lives = [
  'subscribes',
  'leaves a cart',
  'leaves a checkout',
  'buys',
  'buys and cancels',
  'leaves and buys',
] as const
const endings = ['none', 'none', 'unsubscribes', 'is erased'] as const

export interface PersonStory {
  life: (typeof lives)[number]
  /** When it begins. */
  minute: number
  /** From the beginning to the order, or from the order to its cancellation. */
  laterMinutes: number
  ending: (typeof endings)[number]
  endingMinute: number
}

export interface Story {
  people: PersonStory[]
  uninstalledMinute: number | null
}

/** Minutes at which it is close: mails are due an hour, four hours and a day after what they are about. */
const closeMinute = fc.oneof(
  fc.constantFrom(0, 1, 58, 59, 60, 61, 62, 240, 241, 1440, 1441, 1442, 1443),
  fc.nat({ max: 1600 }),
)

export const storyArbitrary: fc.Arbitrary<Story> = fc.record({
  people: fc.array(
    fc.record({
      life: fc.constantFrom(...lives),
      minute: fc.integer({ min: 1, max: 120 }),
      laterMinutes: closeMinute,
      ending: fc.constantFrom(...endings),
      endingMinute: closeMinute,
    }),
    { minLength: 1, maxLength: 3 },
  ),
  uninstalledMinute: fc.option(closeMinute, { freq: 8 }),
})

/** Shopify's topics name the shop in different fields. */
const shopDomain = 'harbour-gifts.myshopify.com'
const shopNames = { domain: shopDomain, myshopify_domain: shopDomain, shop_domain: shopDomain }

export const emailOf = (person: number) => `person-${person}@shopper.example`
export const orderOf = (person: number) => 100 + person

/** What stops mails, and whose: null for everybody's. */
export interface Stop {
  person: number | null
  /** The topic of the delivery by which Tern learns of it. */
  topic: string
}

export interface Told extends Said {
  id: string
  stop: Stop | null
}

/** Every webhook of the story, in order of time. */
export function tell(story: Story, startAt: Date): Told[] {
  const at = (minute: number) => new Date(startAt.getTime() + minute * 60_000)
  const told = story.people.flatMap((person, number) => tellPerson(person, number, at))
  const { uninstalledMinute } = story
  if (uninstalledMinute !== null) {
    const body = { id: 1, ...shopNames, updated_at: at(uninstalledMinute) }
    told.push(stopping(said('app/uninstalled', body, at(uninstalledMinute)), null))
  }
  return told
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map((each, place) => ({ ...each, id: `webhook-${place}` }))
}

type Untold = Omit<Told, 'id'>
const plain = (each: Said): Untold => ({ ...each, stop: null })
const stopping = (each: Said, person: number | null): Untold => ({ ...each, stop: { person, topic: each.topic } })

function tellPerson(person: PersonStory, number: number, at: (minute: number) => Date): Untold[] {
  const { life, minute, laterMinutes, ending, endingMinute } = person
  const who = { customer: number + 1, email: emailOf(number) }
  const begins = at(minute)
  const consents = consentSaid({ ...who, state: 'subscribed', at: begins })
  const told = [
    plain(customerSaid('customers/create', { id: who.customer, email: who.email, at: at(minute - 1) })),
    plain(consents),
  ]
  const purchase = { cart: `cart-${number}`, checkout: `checkout-${number}`, id: orderOf(number), ...who }
  const checkout = { cart: purchase.cart, token: purchase.checkout, ...who }
  const order = (topic: 'orders/create' | 'orders/paid', when: Date) =>
    stopping(orderSaid(topic, { ...purchase, at: when, isPaid: topic === 'orders/paid' }), number)
  if (life !== 'subscribes') told.push(plain(cartSaid({ token: purchase.cart, at: begins })))
  if (life !== 'subscribes' && life !== 'leaves a cart')
    told.push(plain(checkoutSaid('checkouts/create', { ...checkout, at: at(minute + 1) })))
  const orders = life === 'leaves and buys' ? minute + 2 + laterMinutes : minute + 2
  if (life.includes('buys')) told.push(order('orders/create', at(orders)), order('orders/paid', at(orders + 1)))
  if (life === 'buys and cancels') {
    const cancelledAt = at(orders + 2 + laterMinutes)
    told.push(
      stopping(
        orderSaid('orders/cancelled', { ...purchase, placedAt: at(orders), at: cancelledAt, cancelledAt }),
        number,
      ),
    )
  }
  const endsAt = at(minute + endingMinute)
  if (ending === 'unsubscribes') told.push(stopping(consentSaid({ ...who, state: 'unsubscribed', at: endsAt }), number))
  if (ending === 'is erased')
    told.push(
      stopping(
        said(
          'customers/redact',
          {
            shop_id: 1,
            ...shopNames,
            customer: { id: who.customer, email: who.email, phone: null },
            orders_to_redact: [],
          },
          endsAt,
        ),
        number,
      ),
    )
  return told
}
