// checkouts/delete: the only checkout payload without the checkout's token, so its cart has to name it.
import { z } from 'zod'
import { optionalToken } from '#app/events/sources/fields.ts'
import { topic } from '#app/events/sources/topic.ts'

export const checkoutDeleted = topic(z.object({ cart_token: optionalToken }), ({ cart_token }, { at }) => ({
  checkoutDeleted: { cartToken: cart_token, at },
  events: [],
}))
