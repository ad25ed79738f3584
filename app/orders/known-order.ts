// What a part of an order needs to know of the order itself, to say whom it is about.
import type { ProfileId, ShopId } from '#app/lib/ids.ts'

export interface KnownOrder {
  shopId: ShopId
  orderId: string
  profileId: ProfileId | null
  cartToken: string | null
  checkoutToken: string | null
  currency: string
  /** What was given back of it so far; known where a refund was just counted. */
  refundedMinor?: number
}

/** The columns of a `KnownOrder`, of shop_order `o`. A placeholder for an order that is deleted does not count. */
export const knownOrderColumns = `
  o.shop_id as "shopId", o.shopify_id as "orderId", o.profile_id as "profileId", o.cart_token as "cartToken",
  o.checkout_token as "checkoutToken", o.currency`
