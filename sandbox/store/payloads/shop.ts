// The shop itself, sent when its settings change and when the app is removed from it; and the end of a bulk operation.
import type { Shop } from '../model.ts'
import { countryName } from './address.ts'
import { gid, jsonId, shopTime, shopTimeOrNull } from './json.ts'

/** shop/update and app/uninstalled. */
export function shopPayload(shop: Shop) {
  const format = `{{amount}} ${shop.currency}`
  return {
    ...shopPlace(shop),
    id: jsonId(shop.id),
    name: shop.name,
    email: shop.email,
    domain: shop.domain,
    source: null,
    phone: null,
    primary_locale: shop.locale,
    created_at: null,
    updated_at: null,
    currency: shop.currency,
    customer_email: shop.email,
    timezone: shop.timezone,
    iana_timezone: shop.timezone,
    shop_owner: shop.name,
    money_format: format,
    money_with_currency_format: format,
    weight_unit: 'kg',
    taxes_included: true,
    auto_configure_tax_inclusivity: null,
    tax_shipping: null,
    county_taxes: null,
    plan_display_name: 'Development',
    plan_name: 'partner_test',
    has_discounts: false,
    has_gift_cards: false,
    myshopify_domain: shop.domain,
    google_apps_domain: null,
    google_apps_login_enabled: null,
    money_in_emails_format: format,
    money_with_currency_in_emails_format: format,
    eligible_for_payments: true,
    requires_extra_payments_agreement: false,
    password_enabled: false,
    has_storefront: true,
    finances: true,
    primary_location_id: jsonId(shop.id),
    checkout_api_supported: true,
    multi_location_enabled: false,
    setup_required: false,
    pre_launch_enabled: false,
    enabled_presentment_currencies: [shop.currency],
    marketing_sms_consent_enabled_at_checkout: false,
    transactional_sms_disabled: false,
  }
}

function shopPlace({ address, countryCode }: Shop) {
  return {
    province: null,
    country: countryCode,
    address1: address.address1,
    zip: address.zip,
    city: address.city,
    latitude: null,
    longitude: null,
    address2: null,
    country_code: countryCode,
    country_name: countryName(countryCode),
    province_code: null,
  }
}

export interface FinishedBulkOperation {
  id: string
  createdAt: Date
  completedAt: Date | null
  errorCode: string | null
  status: 'completed' | 'failed' | 'canceled' | 'expired'
  type: 'query' | 'mutation'
}

/** bulk_operations/finish. */
export function bulkOperationPayload(shop: Shop, operation: FinishedBulkOperation) {
  return {
    admin_graphql_api_id: gid('BulkOperation', operation.id),
    completed_at: shopTimeOrNull(operation.completedAt, shop.timezone),
    created_at: shopTime(operation.createdAt, shop.timezone),
    error_code: operation.errorCode,
    status: operation.status,
    type: operation.type,
  }
}
