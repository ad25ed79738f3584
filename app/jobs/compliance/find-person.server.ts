// Finds everything by which Tern knows the person of a privacy request.
import type { ShopId } from '#app/lib/ids.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import type { Erased } from './person-terms.ts'
import type { RequestedPerson } from './requests.server.ts'

/**
 * The person's profiles, merged ones included, with all their names. A profile found by address or phone counts only
 * when it isn't another customer's: people share phones, and shops reuse addresses.
 */
export async function findPerson(tx: SystemTx, shopId: ShopId, person: RequestedPerson): Promise<Erased> {
  const profiles = await tx.rows<{ id: number }>(
    `with recursive named as (
       select i.profile_id as id, i.kind from profile_identity i
       where i.shop_id = $1 and (i.kind, i.value) in (('customer', $2), ('email', $3), ('phone', $4))
       union all
       select p.id, 'customer' from profile p where p.shop_id = $1 and p.shopify_customer_id = $2
       union all
       select p.id, 'email' from profile p where p.shop_id = $1 and lower(p.email) = $3
     ), person as (
       select p.id from named n join profile p on p.shop_id = $1 and p.id = n.id
       where n.kind = 'customer'
         or ((p.shopify_customer_id is null or $2::text is null or p.shopify_customer_id = $2)
           and (n.kind = 'email' or p.email is null or lower(p.email) = $3))
       union
       select p.id from profile p join person on p.shop_id = $1 and p.merged_into = person.id
     )
     select distinct id from person order by id`,
    [shopId, person.customerId, person.email, person.phone],
  )
  const profileIds = profiles.map(({ id }) => id)
  const names = await listNames(tx, shopId, profileIds)
  const namesOf = (kind: string) => names.filter((name) => name.kind === kind).map(({ value }) => value)
  return {
    profileIds,
    emails: unique([person.email, ...namesOf('email')]),
    phones: unique([person.phone, ...namesOf('phone')]),
    customerIds: unique([person.customerId, ...namesOf('customer')]),
    orderIds: unique([...person.orderIds, ...namesOf('order')]),
    tokens: unique([...namesOf('cart'), ...namesOf('checkout')]),
  }
}

function listNames(tx: SystemTx, shopId: ShopId, profileIds: readonly number[]) {
  return tx.rows<{ kind: string; value: string }>(
    `select kind, value from profile_identity where shop_id = $1 and profile_id = any($2::bigint[])
     union all
     select n.kind, n.value from profile p
     cross join lateral (values ('email', lower(p.email)), ('phone', p.phone), ('customer', p.shopify_customer_id))
       as n (kind, value)
     where p.shop_id = $1 and p.id = any($2::bigint[]) and n.value is not null
     union all
     select 'order', shopify_id from shop_order where shop_id = $1 and profile_id = any($2::bigint[])
     union all
     select 'cart', token from cart where shop_id = $1 and profile_id = any($2::bigint[])
     union all
     select 'checkout', token from checkout where shop_id = $1 and profile_id = any($2::bigint[])`,
    [shopId, profileIds],
  )
}

const unique = (values: (string | null)[]) => [...new Set(values.filter((value) => value !== null))]
