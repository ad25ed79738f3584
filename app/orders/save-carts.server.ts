// Carts: what lies in each one now, and whose it is once somebody said so.

import { newestColumns } from '#app/catalog/guarded-upsert.ts'
import type { CartState } from '#app/events/observation.ts'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { itemCount } from './item-count.ts'
import { earlierOf, newestByKey } from './newest-first.ts'
import type { TiedSubject } from './tie-events.server.ts'

export interface CartToSave {
  shopId: ShopId
  /** Whom the cart's token belongs to. */
  profileId: ProfileId | null
  cart: CartState
  /** The shop's, for a cart that does not state its own. */
  currency: string
}

/** Writes the newest state of each cart. Returns those that are somebody's from now on. */
export async function saveCarts(tx: Tx, carts: readonly CartToSave[]): Promise<(TiedSubject & { shopId: ShopId })[]> {
  if (carts.length === 0) return []
  const newest = newestByKey(
    carts,
    ({ shopId, cart }) => `${shopId} ${cart.token}`,
    ({ cart }) => cart,
    (newer, older) => ({
      ...newer,
      profileId: newer.profileId ?? older.profileId,
      cart: { ...newer.cart, createdAt: earlierOf(newer.cart.createdAt, older.cart.createdAt) },
    }),
  )
  return tx.rows<TiedSubject & { shopId: ShopId }>(saveSql, [JSON.stringify(newest.map(columnsOf))])
}

const stated = ['items', 'item_count', 'total_minor', 'currency']

const saveSql = `
  with told as materialized (
    select * from jsonb_to_recordset($1::jsonb) as t (
      shop_id int, token text, profile_id bigint, items jsonb, item_count int, total_minor bigint, currency text,
      created_at timestamptz, source_updated_at timestamptz)
  ),
  saved as (
    insert into cart as c (shop_id, token, profile_id, created_at, source_updated_at, ${stated})
    select shop_id, token, profile_id, created_at, source_updated_at, ${stated} from told order by shop_id, token
    on conflict (shop_id, token) do update set
      profile_id = coalesce(excluded.profile_id, c.profile_id),
      created_at = least(c.created_at, excluded.created_at),
      ${newestColumns('c', stated, 'total_minor')}
    returning shop_id, token, profile_id, created_at
  )
  select s.shop_id as "shopId", 'cart:' || s.token as subject, s.profile_id as "profileId", s.created_at as since
  from saved s join cart before on before.shop_id = s.shop_id and before.token = s.token
  where before.profile_id is null and s.profile_id is not null`

function columnsOf({ shopId, profileId, cart, currency }: CartToSave) {
  return {
    shop_id: shopId,
    token: cart.token,
    profile_id: profileId,
    items: cart.items,
    item_count: itemCount(cart.items),
    total_minor: cart.totalMinor,
    currency: cart.currency ?? currency,
    created_at: cart.createdAt,
    source_updated_at: cart.updatedAt,
  }
}
