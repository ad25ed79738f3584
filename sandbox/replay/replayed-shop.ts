// The shop of the replayed history: a British gift shop, as the data set describes it.
import type { Shop } from '#sandbox/store/model.ts'

export const replayedShop: Shop = {
  id: '6100000001',
  domain: 'harbour-gifts.myshopify.com',
  name: 'Harbour Gifts',
  email: 'hello@harbour-gifts.example',
  currency: 'GBP',
  timezone: 'Europe/London',
  countryCode: 'GB',
  locale: 'en',
  address: { address1: '12 Quay Street', city: 'Bristol', zip: 'BS1 4AA', country: 'United Kingdom' },
}
