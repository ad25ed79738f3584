// shop/update and app/uninstalled: the same payload, the shop itself.
import { z } from 'zod'
import type { Observation } from '#app/events/observation.ts'
import { countryCode, email, optionalCurrency, text, titleText } from '#app/events/sources/fields.ts'
import { topic } from '#app/events/sources/topic.ts'

/** The one name of a shop that never changes. */
const ownName = { myshopify_domain: text.transform((domain) => domain?.toLowerCase() ?? null) }

const shop = z.object({
  ...ownName,
  name: titleText,
  email,
  domain: text,
  currency: optionalCurrency,
  iana_timezone: text,
  country_code: countryCode,
  address1: text,
  address2: text,
  zip: text,
  city: text,
  province: text,
  country_name: text,
})

export const shopUpdated = topic(shop, (payload): Observation => {
  const { name, email, domain, currency, iana_timezone: timezone, country_code: countryCode } = payload
  const url = domain ? `https://${domain}` : null
  return {
    aboutShop: payload.myshopify_domain,
    shop: { kind: 'updated', name, email, currency, timezone, countryCode, url, address: postalAddress(payload) },
    events: [],
  }
})

/** Nothing else of the payload is needed. */
export const appUninstalled = topic(
  z.object(ownName),
  ({ myshopify_domain }, { at }): Observation => ({
    aboutShop: myshopify_domain,
    shop: { kind: 'uninstalled', at },
    events: [],
  }),
)

/** One line, as a mail's footer shows it. */
function postalAddress({ address1, address2, zip, city, province, country_name }: z.infer<typeof shop>) {
  const town = [city, zip].filter(Boolean).join(' ')
  return [address1, address2, town, province, country_name].filter(Boolean).join(', ') || null
}
