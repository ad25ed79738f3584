// Gives tags to a person and takes them away, by hand: the newest word on each tag, as if Shopify had told it.
import { z } from 'zod'
import type { ProfileId } from '#app/lib/ids.ts'
import type { ShopTx } from '#app/platform/database.server.ts'
import { changedTags, presentTags, tagsUpdatedAt } from './tags.ts'

const timesSchema = z.record(z.string(), z.number())
const rowSchema = z.object({ tagChanges: timesSchema, listedAt: z.number().nullable() })

export async function changeTags(
  tx: ShopTx,
  profileId: ProfileId,
  change: { add: string[]; remove: string[] },
  now: Date,
): Promise<void> {
  const [row] = await tx.rows(
    `select tag_changes as "tagChanges", (stated_at ->> 'tags')::float8 as "listedAt" from profile
     where shop_id = $1 and id = $2 and erased_at is null for no key update`,
    [tx.shopId, profileId],
  )
  if (!row) return
  const { tagChanges, listedAt } = rowSchema.parse(row)
  const before = { changes: new Map(Object.entries(tagChanges)), listedAt: listedAt ?? 0 }
  const tags = changedTags(before, { ...change, at: now })
  await tx.rows(`update profile set tags = $3, tag_changes = $4, tags_updated_at = $5 where shop_id = $1 and id = $2`, [
    tx.shopId,
    profileId,
    presentTags(tags),
    JSON.stringify(Object.fromEntries(tags.changes)),
    tagsUpdatedAt(tags),
  ])
}
