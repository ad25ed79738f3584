// How a call of the Admin API can fail for good. Everything temporary has been tried again before.

/** Shopify takes none of our tokens: the app was removed, or a merchant has to open it again. */
export class ShopAccessError extends Error {
  override name = 'ShopAccessError'
}

/** Shopify understood the call and refused it. */
export class AdminApiError extends Error {
  override name = 'AdminApiError'
  /** The codes that Shopify gave, like ACCESS_DENIED. */
  readonly codes: readonly string[]

  constructor(message: string, codes: readonly string[], options?: ErrorOptions) {
    super(message, options)
    this.codes = codes
  }
}
