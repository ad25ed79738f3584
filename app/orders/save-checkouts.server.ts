// Checkouts: a cart whose owner has said who they are. They tie the cart, and an order completes them.

import { newestColumns } from '#app/catalog/guarded-upsert.ts'
import type { CheckoutState } from '#app/events/observation.ts'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { itemCount } from './item-count.ts'
import { earlierOf, earliest, newestByKey } from './newest-first.ts'
import type { TiedSubject } from './tie-events.server.ts'

export interface CheckoutToSave {
  shopId: ShopId
  profileId: ProfileId | null
  /** Whom the cart that it came from belongs to. */
  cartOwner: ProfileId | null
  checkout: CheckoutState
}

export interface SavedCheckout {
  shopId: ShopId
  token: string
  /** Set when it became an order, also where the order came first. */
  completedAt: Date | null
  tied: TiedSubject[]
}

/** Writes the newest state of each checkout and gives its cart to its owner. */
export async function saveCheckouts(tx: Tx, checkouts: readonly CheckoutToSave[]): Promise<SavedCheckout[]> {
  if (checkouts.length === 0) return []
  const newest = newestByKey(
    checkouts,
    ({ shopId, checkout }) => `${shopId} ${checkout.token}`,
    ({ checkout }) => checkout,
    (newer, older) => ({
      ...newer,
      profileId: newer.profileId ?? older.profileId,
      checkout: {
        ...newer.checkout,
        createdAt: earlierOf(newer.checkout.createdAt, older.checkout.createdAt),
        completedAt: earliest(newer.checkout.completedAt, older.checkout.completedAt),
      },
    }),
  )
  const rows = await tx.rows<Omit<SavedCheckout, 'tied'> & { tied: TiedSubject[] | null }>(saveSql, [
    JSON.stringify(newest.map(columnsOf)),
  ])
  return rows.map((row) => ({ ...row, tied: row.tied ?? [] }))
}

/** Marks the checkouts of these carts as gone. */
export async function deleteCheckouts(tx: Tx, gone: readonly { shopId: ShopId; cartToken: string; at: Date }[]) {
  if (gone.length === 0) return
  await tx.rows(
    `update checkout c set deleted_at = least(c.deleted_at, g.at)
     from unnest($1::int[], $2::text[], $3::timestamptz[]) as g (shop_id, cart_token, at)
     where c.shop_id = g.shop_id and c.cart_token = g.cart_token and c.created_at <= g.at`,
    [gone.map(({ shopId }) => shopId), gone.map(({ cartToken }) => cartToken), gone.map(({ at }) => at)],
  )
}

const stated = ['cart_token', 'url', 'items', 'item_count', 'total_minor', 'currency', 'locale']

const saveSql = `
  with told as materialized (
    select * from jsonb_to_recordset($1::jsonb) as t (
      shop_id int, token text, profile_id bigint, cart_owner bigint, cart_token text, url text, items jsonb,
      item_count int, total_minor bigint, currency text, locale text, created_at timestamptz,
      completed_at timestamptz, source_updated_at timestamptz)
  ),
  saved as (
    insert into checkout as c (shop_id, token, profile_id, created_at, completed_at, source_updated_at, ${stated})
    select shop_id, token, profile_id, created_at,
      least(t.completed_at, (select min(o.placed_at) from shop_order o
        where o.shop_id = t.shop_id and o.checkout_token = t.token)),
      source_updated_at, ${stated}
    from told t order by shop_id, token
    on conflict (shop_id, token) do update set
      profile_id = coalesce(excluded.profile_id, c.profile_id),
      created_at = least(c.created_at, excluded.created_at),
      completed_at = least(c.completed_at, excluded.completed_at),
      ${newestColumns('c', stated, 'total_minor')}
    returning shop_id, token, profile_id, created_at, completed_at
  ),
  carts as (
    update cart c set profile_id = t.cart_owner from told t
    where c.shop_id = t.shop_id and c.token = t.cart_token and c.profile_id is distinct from t.cart_owner
      and t.cart_owner is not null
    returning c.shop_id, c.token, c.created_at, c.profile_id
  ),
  tied as (
    select t.shop_id, t.token, 'cart:' || c.token as subject, c.profile_id, c.created_at
    from told t join carts c on c.shop_id = t.shop_id and c.token = t.cart_token
    union all
    select s.shop_id, s.token, 'checkout:' || s.token, s.profile_id, s.created_at
    from saved s join checkout before on before.shop_id = s.shop_id and before.token = s.token
    where before.profile_id is null and s.profile_id is not null
  )
  select s.shop_id as "shopId", s.token, s.completed_at as "completedAt",
    (select jsonb_agg(jsonb_build_object('subject', tied.subject, 'profileId', tied.profile_id,
       'since', tied.created_at)) from tied where tied.shop_id = s.shop_id and tied.token = s.token) as tied
  from saved s`

function columnsOf({ shopId, profileId, cartOwner, checkout }: CheckoutToSave) {
  return {
    shop_id: shopId,
    token: checkout.token,
    profile_id: profileId,
    cart_owner: cartOwner,
    cart_token: checkout.cartToken,
    url: checkout.url,
    items: checkout.items,
    item_count: itemCount(checkout.items),
    total_minor: checkout.totalMinor,
    currency: checkout.currency,
    locale: checkout.locale,
    created_at: checkout.createdAt,
    completed_at: checkout.completedAt,
    source_updated_at: checkout.updatedAt,
  }
}
