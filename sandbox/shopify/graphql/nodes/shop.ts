// The shop and the app's installation as the Admin API shows them.
import type { ShopifyContext } from '../../context.ts'
import type { Node } from '../node.ts'

export function shopNode(context: ShopifyContext): Node {
  const { shop } = context.store
  const { address } = shop
  return {
    __typename: 'Shop',
    id: `gid://shopify/Shop/${shop.id}`,
    name: shop.name,
    email: shop.email,
    contactEmail: shop.email,
    description: null,
    myshopifyDomain: shop.domain,
    url: context.storefrontUrl,
    primaryDomain: {
      id: `gid://shopify/Domain/${shop.id}`,
      host: new URL(context.storefrontUrl).host,
      url: context.storefrontUrl,
      sslEnabled: context.storefrontUrl.startsWith('https:'),
    },
    ianaTimezone: shop.timezone,
    timezoneOffset: () => offsetOf(shop.timezone, context.clock.now()).text,
    timezoneOffsetMinutes: () => offsetOf(shop.timezone, context.clock.now()).minutes,
    currencyCode: shop.currency,
    currencyFormats: currencyFormats(shop.currency),
    enabledPresentmentCurrencies: [shop.currency],
    plan: { publicDisplayName: 'Basic', displayName: 'Basic', partnerDevelopment: false, shopifyPlus: false },
    shopAddress: {
      id: `gid://shopify/ShopAddress/${shop.id}`,
      address1: address.address1,
      city: address.city,
      zip: address.zip,
      country: address.country,
      countryCodeV2: shop.countryCode,
      company: shop.name,
      coordinatesValidated: false,
    },
    shopOwnerName: 'Shop Owner',
    customerAccountsV2: {
      customerAccountsVersion: 'NEW_CUSTOMER_ACCOUNTS',
      loginRequiredAtCheckout: false,
      loginLinksVisibleOnStorefrontAndCheckout: true,
      url: null,
    },
    features: { storefront: true },
    resourceLimits: { maxProductVariants: 2048, maxProductOptions: 3, locationLimit: 10, redirectLimitReached: false },
    taxesIncluded: true,
    setupRequired: false,
  }
}

export function installationNode(context: ShopifyContext): Node {
  const { app, installation } = context
  return {
    __typename: 'AppInstallation',
    id: `gid://shopify/AppInstallation/${installation.id}`,
    launchUrl: context.appUrl,
    uninstallUrl: null,
    app: {
      id: `gid://shopify/App/${installation.id}`,
      apiKey: context.apiKey,
      handle: app.handle,
      title: app.name,
      embedded: true,
    },
    accessScopes: installation.scopes.map((handle) => ({ handle, description: handle.replaceAll('_', ' ') })),
    activeSubscriptions: [],
    allSubscriptions: [],
  }
}

function currencyFormats(currency: string): Node {
  const symbol = new Intl.NumberFormat('en', { style: 'currency', currency }).format(0).replace(/[\d.,\s]/g, '')
  const format = `${symbol}{{amount}}`
  return {
    moneyFormat: format,
    moneyInEmailsFormat: format,
    moneyWithCurrencyFormat: `${format} ${currency}`,
    moneyWithCurrencyInEmailsFormat: `${format} ${currency}`,
  }
}

function offsetOf(timeZone: string, now: Date): { text: string; minutes: number } {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  const name = format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  const [, sign = '+', hours = '00', minutes = '00'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? []
  return { text: `${sign}${hours}${minutes}`, minutes: Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) }
}
