// A person's tags, with the time of each change, so that changes may arrive in any order.

export interface Tags {
  /** When each tag last changed: positive when it was given then, negative when it was taken away. */
  changes: ReadonlyMap<string, number>
  /** When the whole list was last told: a tag that it lacks was taken away by then. */
  listedAt: number
}

export interface TagChange {
  /** The whole list, in place of what was known before `at`. */
  all?: string[]
  add?: string[]
  remove?: string[]
  at: Date
}

export const noTags: Tags = { changes: new Map(), listedAt: 0 }

export function changedTags(tags: Tags, { all, add, remove, at }: TagChange): Tags {
  const changes = new Map((remove ?? []).map((tag) => [tag, -at.getTime()]))
  for (const tag of [...(all ?? []), ...(add ?? [])]) changes.set(tag, at.getTime())
  return newerTags(tags, { changes, listedAt: all ? at.getTime() : 0 })
}

/** Tag by tag the newer statement; of two from the same moment the one that gives it. */
export function newerTags(a: Tags, b: Tags): Tags {
  const listedAt = Math.max(a.listedAt, b.listedAt)
  const changes = new Map(a.changes)
  for (const [tag, at] of b.changes) {
    const known = changes.get(tag) ?? 0
    if (Math.abs(at) > Math.abs(known) || (at === -known && at > 0)) changes.set(tag, at)
  }
  for (const [tag, at] of changes) if (Math.abs(at) < listedAt) changes.delete(tag)
  return { changes, listedAt }
}

export const presentTags = (tags: Tags) =>
  [...tags.changes]
    .filter(([, at]) => at > 0)
    .map(([tag]) => tag)
    .sort()

/** When a tag was last given or taken away, or null when none ever was. */
export function tagsUpdatedAt(tags: Tags): Date | null {
  const newest = [...tags.changes.values()].reduce((last, at) => Math.max(last, Math.abs(at)), tags.listedAt)
  return newest > 0 ? new Date(newest) : null
}
