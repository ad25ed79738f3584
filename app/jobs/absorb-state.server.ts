// Writes the state that a batch brings: catalogue, carts, checkouts, orders and what belongs to them.
import { deleteProducts, saveProducts } from '#app/catalog/save-products.server.ts'
import type { Observation } from '#app/events/observation.ts'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import { deleteOrders } from '#app/orders/delete-orders.server.ts'
import type { KnownOrder } from '#app/orders/known-order.ts'
import { recomputeProfileOrders } from '#app/orders/profile-orders.server.ts'
import { saveCarts } from '#app/orders/save-carts.server.ts'
import { deleteCheckouts, saveCheckouts } from '#app/orders/save-checkouts.server.ts'
import { saveFulfilments } from '#app/orders/save-fulfilments.server.ts'
import { type SavedOrder, saveOrders } from '#app/orders/save-orders.server.ts'
import { saveRefunds } from '#app/orders/save-refunds.server.ts'
import { tieEvents } from '#app/orders/tie-events.server.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import type { RecordedStatements } from '#app/profiles/record-statements.server.ts'

/** A delivery that was understood, and whom it is about. */
export interface UnderstoodRow {
  shopId: ShopId
  observation: Observation
  profileId: ProfileId | null
  /** The shop's. */
  currency: string
}

export interface WrittenState {
  /** The orders that parts of the batch speak of and that were known before it. */
  knownOrders: KnownOrder[]
  savedOrders: SavedOrder[]
  /** Keys (`stateKey`) of checkouts that became orders. */
  completedCheckouts: ReadonlySet<string>
}

export const stateKey = (shopId: ShopId, id: string) => `${shopId} ${id}`

/** Writes everything in `rows`: one statement for each kind of state that occurs in it. */
export async function writeState(
  tx: SystemTx,
  rows: readonly UnderstoodRow[],
  people: Pick<RecordedStatements, 'ownerOf' | 'merged'>,
): Promise<WrittenState> {
  await writeCatalogue(tx, rows)
  const carts = await saveCarts(tx, cartsIn(rows, people))
  const checkouts = await saveCheckouts(tx, checkoutsIn(rows, people))
  await deleteCheckouts(tx, deletedCheckoutsIn(rows))
  // Parts before wholes: an order that is new finds everything that was waiting for it.
  const ordersOfRefunds = await saveRefunds(tx, refundsIn(rows))
  const ordersOfFulfilments = await saveFulfilments(tx, fulfilmentsIn(rows))
  const savedOrders = await saveOrders(tx, ordersIn(rows, people))
  const deleted = await deleteOrders(tx, deletedOrdersIn(rows))
  const tied = [...checkouts, ...savedOrders].flatMap(({ shopId, tied }) => tied.map((one) => ({ shopId, ...one })))
  await tieEvents(tx, [...carts, ...tied])
  const buyers = [...savedOrders, ...ordersOfRefunds, ...deleted].map(({ shopId, profileId }) => ({
    shopId,
    profileId,
  }))
  const previous = savedOrders.map(({ shopId, previousProfileId }) => ({ shopId, profileId: previousProfileId }))
  await recomputeProfileOrders(tx, [...buyers, ...previous, ...people.merged].flatMap(withProfile))
  return {
    // Of an order that both speak of, the last one is taken: the one that knows what was given back.
    knownOrders: [...ordersOfFulfilments, ...ordersOfRefunds],
    savedOrders,
    completedCheckouts: new Set(
      checkouts.flatMap(({ shopId, token, completedAt }) => (completedAt ? [stateKey(shopId, token)] : [])),
    ),
  }
}

type People = Pick<RecordedStatements, 'ownerOf'>

async function writeCatalogue(tx: SystemTx, rows: readonly UnderstoodRow[]) {
  await saveProducts(tx, productsIn(rows))
  await deleteProducts(
    tx,
    rows.flatMap(({ shopId, observation: { productDeleted } }) =>
      productDeleted ? [{ shopId, ...productDeleted }] : [],
    ),
  )
}

const productsIn = (rows: readonly UnderstoodRow[]) =>
  rows.flatMap(({ shopId, observation: { product } }) => (product ? [{ shopId, product }] : []))

const refundsIn = (rows: readonly UnderstoodRow[]) =>
  rows.flatMap(({ shopId, observation: { refund } }) => (refund ? [{ shopId, refund }] : []))

const fulfilmentsIn = (rows: readonly UnderstoodRow[]) =>
  rows.flatMap(({ shopId, observation: { fulfilment } }) => (fulfilment ? [{ shopId, fulfilment }] : []))

const cartsIn = (rows: readonly UnderstoodRow[], people: People) =>
  rows.flatMap(({ shopId, profileId, currency, observation: { cart } }) =>
    cart ? [{ shopId, cart, currency, profileId: people.ownerOf(shopId, 'cart', cart.token) ?? profileId }] : [],
  )

const checkoutsIn = (rows: readonly UnderstoodRow[], people: People) =>
  rows.flatMap(({ shopId, profileId, observation: { checkout } }) =>
    checkout
      ? [
          {
            shopId,
            checkout,
            profileId: people.ownerOf(shopId, 'checkout', checkout.token) ?? profileId,
            cartOwner: people.ownerOf(shopId, 'cart', checkout.cartToken),
          },
        ]
      : [],
  )

const ordersIn = (rows: readonly UnderstoodRow[], people: People) =>
  rows.flatMap(({ shopId, profileId, observation: { order } }) =>
    order
      ? [
          {
            shopId,
            order,
            profileId,
            cartOwner: people.ownerOf(shopId, 'cart', order.cartToken),
            checkoutOwner: people.ownerOf(shopId, 'checkout', order.checkoutToken),
          },
        ]
      : [],
  )

const deletedCheckoutsIn = (rows: readonly UnderstoodRow[]) =>
  rows.flatMap(({ shopId, observation: { checkoutDeleted } }) =>
    checkoutDeleted?.cartToken ? [{ shopId, cartToken: checkoutDeleted.cartToken, at: checkoutDeleted.at }] : [],
  )

const deletedOrdersIn = (rows: readonly UnderstoodRow[]) =>
  rows.flatMap(({ shopId, currency, observation: { orderDeleted } }) =>
    orderDeleted ? [{ shopId, currency, ...orderDeleted }] : [],
  )

const withProfile = ({ shopId, profileId }: { shopId: ShopId; profileId: ProfileId | null }) =>
  profileId === null ? [] : [{ shopId, profileId }]
