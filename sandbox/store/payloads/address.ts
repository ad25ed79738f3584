// Postal addresses in the two shapes of Shopify's payloads; the sandbox knows only a country, the street is made up.
import type { Customer } from '../model.ts'
import { jsonId } from './json.ts'

/** A customer's default address. */
export function customerAddress(customer: Customer) {
  return {
    id: jsonId(customer.id),
    customer_id: jsonId(customer.id),
    first_name: customer.firstName,
    last_name: customer.lastName,
    company: null,
    ...street(customer.phone),
    province: null,
    country: countryName(customer.countryCode),
    name: `${customer.firstName} ${customer.lastName}`,
    province_code: null,
    country_code: customer.countryCode,
    country_name: countryName(customer.countryCode),
    default: true,
  }
}

/** Where an order or a checkout is sent and billed; a guest stays nameless. */
export function postalAddress(customer: Customer | null, countryCode: string) {
  return {
    first_name: customer?.firstName ?? null,
    ...street(customer?.phone ?? null),
    province: null,
    country: countryName(countryCode),
    last_name: customer?.lastName ?? null,
    company: null,
    latitude: null,
    longitude: null,
    name: customer === null ? null : `${customer.firstName} ${customer.lastName}`,
    country_code: countryCode,
    province_code: null,
  }
}

const countryNames = new Intl.DisplayNames('en', { type: 'region' })
const nameByCode = new Map<string, string>()

/** `United Kingdom` for `GB`. */
export function countryName(code: string): string {
  const name = nameByCode.get(code) ?? countryNames.of(code) ?? code
  nameByCode.set(code, name)
  return name
}

function street(phone: string | null) {
  return { address1: '1 Harbour Street', address2: null, city: 'Port Tern', zip: '10001', phone }
}
