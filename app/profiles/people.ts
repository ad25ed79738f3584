// The people of a batch while it is worked through: which name leads to whom, and who turned out to be the same person.
import type { ShopId } from '#app/lib/ids.ts'
import type { Identifier, IdentityKind } from './identity.ts'
import { mergedProfile, type ProfileRef, type ProfileState, survivorOf } from './profile-state.ts'

/** That a name leads to a profile, and when that was last stated. */
export interface Pointer {
  shopId: ShopId
  identifier: Identifier
  ref: ProfileRef
  statedAt: Date
}

interface Merge {
  shopId: ShopId
  from: ProfileRef
  into: ProfileRef
  reason: string
}

/** What the database knows of the names in a batch. */
export interface KnownPeople {
  profiles: ProfileState[]
  pointers: Pointer[]
  /** Names of people who were erased, and when. */
  erased: { shopId: ShopId; identifier: Identifier; erasedAt: Date }[]
}

export const identifierKey = (shopId: ShopId, { kind, value }: Identifier) => `${shopId}\u0000${kind}\u0000${value}`

export type People = ReturnType<typeof gatherPeople>

/** Everyone known, ready to be found by name, changed and merged. Keeps account of what is to be written back. */
export function gatherPeople(known: KnownPeople) {
  const profiles = new Map(known.profiles.map((profile) => [profile.ref, profile]))
  const pointers = new Map(
    known.pointers.map((pointer) => [identifierKey(pointer.shopId, pointer.identifier), pointer]),
  )
  const erasures = new Map(known.erased.map((entry) => [identifierKey(entry.shopId, entry.identifier), entry.erasedAt]))
  const mergedInto = new Map<ProfileRef, ProfileRef>()
  const merges: Merge[] = []
  const changed = new Set<ProfileRef>()
  const moved = new Set<string>()
  let nextRef = -1

  const current = (ref: ProfileRef): ProfileRef => {
    const into = mergedInto.get(ref)
    return into === undefined ? ref : current(into)
  }

  return {
    current,
    erasedAt: (shopId: ShopId, identifier: Identifier) => erasures.get(identifierKey(shopId, identifier)) ?? null,

    find(shopId: ShopId, identifier: Identifier): ProfileState | null {
      const pointer = pointers.get(identifierKey(shopId, identifier))
      return pointer ? profiles.get(current(pointer.ref))! : null
    },

    create(make: (ref: ProfileRef) => ProfileState): ProfileState {
      const profile = make(nextRef)
      nextRef -= 1
      profiles.set(profile.ref, profile)
      changed.add(profile.ref)
      return profile
    },

    change(next: ProfileState) {
      if (profiles.get(next.ref) === next) return
      profiles.set(next.ref, next)
      changed.add(next.ref)
    },

    /** Lets a name lead to `ref`, unless a newer statement gave it to somebody else. */
    point(pointer: Pointer) {
      const key = identifierKey(pointer.shopId, pointer.identifier)
      const before = pointers.get(key)
      if (before && before.statedAt >= pointer.statedAt) return
      pointers.set(key, pointer)
      moved.add(key)
    },

    merge(a: ProfileState, b: ProfileState, via: IdentityKind): ProfileState {
      const survivor = survivorOf(a, b)
      const other = survivor === a ? b : a
      const merged = mergedProfile(survivor, other)
      mergedInto.set(other.ref, survivor.ref)
      profiles.delete(other.ref)
      profiles.set(merged.ref, merged)
      changed.add(merged.ref).delete(other.ref)
      if (other.ref > 0) merges.push({ shopId: a.shopId, from: other.ref, into: survivor.ref, reason: `same ${via}` })
      return merged
    },

    /** What has to be written. A profile that was merged twice goes straight to where it ends. */
    changes: () => ({
      profiles: [...changed].map((ref) => profiles.get(ref)!),
      pointers: [...moved].map((key) => {
        const pointer = pointers.get(key)!
        return { ...pointer, ref: current(pointer.ref) }
      }),
      merges: merges.map((merge) => ({ ...merge, into: current(merge.into) })),
    }),
  }
}
