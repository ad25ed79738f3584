// Every condition that a merchant can ask for. A new one is a folder and a line here.
import { z } from 'zod'
import type { ConditionKind } from '#app/segments/condition-kind.ts'
import { bought } from './bought/bought.ts'
import { cartHasItems } from './cart-has-items/cart-has-items.ts'
import { checkoutOpen } from './checkout-open/checkout-open.ts'
import { consent } from './consent/consent.ts'
import { event } from './event/event.ts'
import { inFlow } from './in-flow/in-flow.ts'
import { lastOrder } from './last-order/last-order.ts'
import { orderCount } from './order-count/order-count.ts'
import { profileAttribute } from './profile-attribute/profile-attribute.ts'
import { totalSpent } from './total-spent/total-spent.ts'

export type Kind =
  | 'event'
  | 'profile-attribute'
  | 'consent'
  | 'order-count'
  | 'total-spent'
  | 'last-order'
  | 'in-flow'
  | 'bought'
  | 'checkout-open'
  | 'cart-has-items'

const conditionKinds = {
  event,
  'profile-attribute': profileAttribute,
  consent,
  'order-count': orderCount,
  'total-spent': totalSpent,
  'last-order': lastOrder,
  'in-flow': inFlow,
  bought,
  'checkout-open': checkoutOpen,
  'cart-has-items': cartHasItems,
} satisfies Record<Kind, ConditionKind>

/** Any leaf, with the errors of its own kind. */
export const leafSchema = z.discriminatedUnion('kind', [
  event.schema,
  profileAttribute.schema,
  consent.schema,
  orderCount.schema,
  totalSpent.schema,
  lastOrder.schema,
  inFlow.schema,
  bought.schema,
  checkoutOpen.schema,
  cartHasItems.schema,
])

type Schemas = { [K in Kind]: (typeof conditionKinds)[K]['schema'] }

/** One question about one person, with every default filled in. */
export type Leaf = z.output<Schemas[Kind]>
/** A leaf as it may be written, defaults left out. */
export type LeafInput = z.input<Schemas[Kind]>

// Methods may take a narrower parameter than their declaration says: each kind is only ever given its own leaves.
const kinds: Record<Kind, ConditionKind<z.ZodType<Leaf>>> = conditionKinds

/** The kind of condition that `leaf` is. */
export const kindOf = (leaf: Leaf): ConditionKind<z.ZodType<Leaf>> => kinds[leaf.kind]
