// A merchant edits someone's tags: in Shopify first, where the person is a customer there, then here.
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import { changeTagsInShopify } from '#app/platform/admin-api/operations.server.ts'
import { withShop } from '#app/platform/database.server.ts'
import { changeTags } from '#app/profiles/change-tags.server.ts'
import { findProfile } from '#app/profiles/profile-details.server.ts'
import { noteAudit } from '#app/shops/audit.server.ts'

export type EditTagsDeps = Pick<JobDeps, 'db' | 'clock' | 'log' | 'adminApi'>

export interface TagEdit {
  shopId: ShopId
  domain: string
  profileId: ProfileId
  /** The whole list, as it is to be. */
  tags: string[]
  actor: string
}

export type TagEditAnswer = 'done' | 'kept_here' | 'unchanged' | 'unknown_profile' | 'shopify_refused'

/** A Shopify that can't be reached changes nothing here either: both would say different things. */
export async function editTags(deps: EditTagsDeps, edit: TagEdit): Promise<TagEditAnswer> {
  const { db, clock } = deps
  const profile = await withShop(db, edit.shopId, (tx) => findProfile(tx, edit.profileId))
  if (!profile || profile.erasedAt || profile.mergedInto) return 'unknown_profile'
  const wanted = new Set(edit.tags)
  const add = [...wanted].filter((tag) => !profile.tags.includes(tag))
  const remove = profile.tags.filter((tag) => !wanted.has(tag))
  if (add.length + remove.length === 0) return 'unchanged'
  const customerId = profile.shopifyCustomerId
  if (customerId !== null && !(await changeInShopify(deps, edit, { id: customerId, add, remove })))
    return 'shopify_refused'
  const now = clock.now()
  await withShop(db, edit.shopId, async (tx) => {
    await changeTags(tx, edit.profileId, { add, remove }, now)
    const details = { added: add, removed: remove }
    const { actor, profileId } = edit
    await noteAudit(tx, edit.shopId, { actor, action: 'profile.tagged', subject: 'profile', profileId, details }, now)
  })
  return customerId === null ? 'kept_here' : 'done'
}

async function changeInShopify({ adminApi, log }: EditTagsDeps, { shopId, domain }: TagEdit, change: object) {
  try {
    const { tagsAdd, tagsRemove } = await adminApi.run(domain, changeTagsInShopify, change)
    return [tagsAdd, tagsRemove].every((answer) => answer?.userErrors.length === 0)
  } catch (error) {
    log.warn({ shopId, problem: error instanceof Error ? error.name : 'error' }, 'tags.not_written')
    return false
  }
}
