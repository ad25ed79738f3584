// What a delivery says about a person, in the form in which people are found and remembered.
import type { Identity, Observation } from '#app/events/observation.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { PersonStatement } from '#app/profiles/person-statement.ts'

/** The statement in `observation`; null when it names nobody. `toldAt` dates what has no time of its own. */
export function personStatement(shopId: ShopId, observation: Observation, toldAt: Date): PersonStatement | null {
  const { customerDeleted, customerMerged } = observation
  const identity = observation.identity ?? identityOfGone(observation)
  if (!identity) return null
  return {
    shopId,
    identity,
    at: statedAt(observation) ?? toldAt,
    createIfMissing: bringsPerson(observation),
    isInteraction: isInteraction(observation),
    profile: observation.profile,
    tags: observation.tags,
    consent: observation.consent,
    customerDeleted,
    customerMerged,
  }
}

function identityOfGone({ customerDeleted, customerMerged }: Observation): Identity | undefined {
  const customerId = customerDeleted?.customerId ?? customerMerged?.keptId
  return customerId === undefined ? undefined : { customerId }
}

/** When the person did or was what is stated. An order names its buyer as of the day it was placed. */
function statedAt({ order, checkout, cart, profile, consent, tags }: Observation): Date | null {
  return (
    order?.placedAt ?? checkout?.updatedAt ?? cart?.updatedAt ?? profile?.updatedAt ?? consent?.at ?? tags?.at ?? null
  )
}

/** News about an order or about a record that is gone never begins a person. */
function bringsPerson({ order, checkout, cart, profile, consent, tags }: Observation): boolean {
  return Boolean(order ?? checkout ?? cart ?? profile ?? consent ?? tags)
}

function isInteraction({ order, checkout, cart, consent }: Observation): boolean {
  return Boolean(order ?? checkout ?? cart) || consent?.state === 'subscribed'
}
