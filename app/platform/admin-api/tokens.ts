// Where the client has its access tokens from.

export interface AccessTokens {
  /** A token that is good for some minutes; @throws ShopAccessError when there is none and none can be had */
  current(shopDomain: string): Promise<string>
  /** A token other than `refused`, which Shopify did not take; @throws ShopAccessError as above */
  replace(shopDomain: string, refused: string): Promise<string>
}
