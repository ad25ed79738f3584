// Links that let a reader act without signing in. Their tokens are sealed: they reveal nothing and can't be made up.
import { z } from 'zod'
import { type MessageId, messageId, type ProfileId, profileId, type ShopId, shopId } from '#app/lib/ids.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'

export interface ReaderToken {
  shopId: ShopId
  profileId: ProfileId
  /** The mail that the link stood in. */
  messageId: MessageId
}

export interface ReaderLinks {
  unsubscribe: string
  preferences: string
}

const purpose = 'reader link'
const maxLength = 300
const contents = z.tuple([z.int(), z.int(), z.uuid()])

/** The two links of one mail. They don't expire: an old mail's way out must still work. */
export function readerLinks(appUrl: string, secrets: Secrets, token: ReaderToken): ReaderLinks {
  const sealed = secrets.sealLasting(JSON.stringify([token.shopId, token.profileId, token.messageId]), purpose)
  const text = sealed.toString('base64url')
  const base = appUrl.replace(/\/+$/, '')
  return { unsubscribe: `${base}/unsubscribe/${text}`, preferences: `${base}/preferences/${text}` }
}

/** Reads a link's token; null for one that was not made here, or was changed. */
export function readReaderToken(secrets: Secrets, text: string): ReaderToken | null {
  const sealed = Buffer.from(text.slice(0, maxLength), 'base64url')
  // Other texts decode to the same bytes; only the one that was written is ours.
  if (sealed.toString('base64url') !== text) return null
  try {
    const [shop, profile, message] = contents.parse(JSON.parse(secrets.openLasting(sealed, purpose)))
    return { shopId: shopId(shop), profileId: profileId(profile), messageId: messageId(message) }
  } catch {
    // Every way in which a token can be wrong has the same answer, so that nothing can be learnt by trying.
    return null
  }
}
