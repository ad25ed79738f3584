// What a reader decides by the links of a mail: no more marketing, or again.
//
// The link withdraws consent, which alone stops all marketing at its next claim. It does not suppress the address: what
// the reader has asked for, like news of an order, still arrives. A suppression that came from SendGrid's own list of
// unsubscriptions ends when the reader subscribes again; one for a bounce or a complaint stays.

import type { ConsentState } from '#app/events/observation.ts'
import { unsubscribeLink } from '#app/events/sources/tern/topics.ts'
import { tellInbox } from '#app/events/tell-inbox.server.ts'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import { type Database, type ShopTx, type Tx, withShop } from '#app/platform/database.server.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'
import { recordConsent } from '#app/profiles/consent.server.ts'
import { liftSuppression } from '#app/profiles/suppression.server.ts'
import { type ReaderToken, readReaderToken } from './links.server.ts'

export interface ReaderDeps {
  db: Database
  secrets: Secrets
  /** Asks for the write-back of a profile's consent to Shopify, in the caller's transaction. */
  enqueuePushConsent(tx: Tx, person: { shopId: ShopId; profileId: ProfileId }): Promise<void>
}

/** What the page of a link shows. */
export interface Reader {
  shopName: string
  /** Not in full: a mail may have been passed on. Null when the person was erased. */
  maskedEmail: string | null
  state: 'subscribed' | 'unsubscribed'
  /** Whatever is decided here, no mail can go to this address. */
  isUnreachable: boolean
}

interface Decision {
  token: string
  /** What the reader was shown, or "List-Unsubscribe=One-Click" from a mail program. */
  wording: string
}

/** Who reads, and what holds for them; null for a link that is not ours. Changes nothing. */
export async function readReader(deps: ReaderDeps, token: string): Promise<Reader | null> {
  return asReader(deps, token, (tx, opened) => findPerson(tx, opened).then((person) => person && readerOf(person)))
}

/** Ends marketing mail to the reader. Doing it again changes nothing. Null for a link that is not ours. */
export async function unsubscribe(deps: ReaderDeps, decision: Decision, now: Date): Promise<Reader | null> {
  return asReader(deps, decision.token, async (tx, opened) => {
    const person = await findPerson(tx, opened)
    if (!person || person.erased || person.consent === 'unsubscribed') return person && readerOf(person)
    await decide(deps, tx, person, { state: 'unsubscribed', source: unsubscribeLink, wording: decision.wording }, now)
    const { shopId, messageId } = opened
    await tx.rows('update message set unsubscribed_at = $3 where shop_id = $1 and id = $2', [shopId, messageId, now])
    const deliveryId = `${messageId} ${now.toISOString()}`
    await tellInbox(tx, { shopId, topic: 'profile/unsubscribed', deliveryId, payload: { messageId } }, now)
    return readerOf({ ...person, consent: 'unsubscribed' })
  })
}

/** Takes an unsubscription back. No flow starts over by it. Null for a link that is not ours. */
export async function resubscribe(deps: ReaderDeps, decision: Decision, now: Date): Promise<Reader | null> {
  return asReader(deps, decision.token, async (tx, opened) => {
    const person = await findPerson(tx, opened)
    if (!person || person.erased) return person && readerOf(person)
    if (person.suppressedBecause === 'unsubscribe' && person.emailHash !== null) {
      await liftSuppression(tx, [{ shopId: opened.shopId, emailHash: person.emailHash }])
      person.suppressedBecause = null
    }
    if (person.consent === 'subscribed') return readerOf(person)
    await decide(deps, tx, person, { state: 'subscribed', source: 'preferences page', wording: decision.wording }, now)
    return readerOf({ ...person, consent: 'subscribed' })
  })
}

interface Person {
  shopId: ShopId
  profileId: ProfileId
  shopName: string
  email: string | null
  emailHash: string | null
  erased: boolean
  consent: ConsentState
  suppressedBecause: string | null
}

function asReader<Result>(
  { db, secrets }: ReaderDeps,
  token: string,
  work: (tx: ShopTx, opened: ReaderToken) => Promise<Result | null>,
): Promise<Result | null> {
  const opened = readReaderToken(secrets, token)
  return opened ? withShop(db, opened.shopId, (tx) => work(tx, opened)) : Promise.resolve(null)
}

/** The person whom the mail was for, as they are known now, locked until the decision is recorded. */
async function findPerson(tx: ShopTx, { shopId, profileId }: ReaderToken): Promise<Person | null> {
  const [person] = await tx.rows<Person>(
    `select p.shop_id as "shopId", p.id as "profileId", s.name as "shopName", p.email_hash as "emailHash",
       case when p.erased_at is null then p.email end as email, p.erased_at is not null as erased, p.consent,
       x.reason as "suppressedBecause"
     from profile first
     join profile p on p.shop_id = first.shop_id and p.id = coalesce(first.merged_into, first.id)
     join shop s on s.id = p.shop_id
     left join suppression x on x.shop_id = p.shop_id and x.email_hash = p.email_hash
     where first.shop_id = $1 and first.id = $2 for no key update of p`,
    [shopId, profileId],
  )
  return person ?? null
}

async function decide(
  deps: ReaderDeps,
  tx: ShopTx,
  { shopId, profileId }: Person,
  said: { state: 'subscribed' | 'unsubscribed'; source: string; wording: string },
  now: Date,
) {
  await recordConsent(tx, [{ shopId, profileId, fact: { ...said, level: null, at: now } }], now)
  await deps.enqueuePushConsent(tx, { shopId, profileId })
}

function readerOf({ shopName, email, consent, suppressedBecause }: Person): Reader {
  return {
    shopName,
    maskedEmail: email === null ? null : email.replace(/^(.)[^@]*/, '$1•••'),
    state: consent === 'subscribed' ? 'subscribed' : 'unsubscribed',
    isUnreachable: suppressedBecause !== null && suppressedBecause !== 'unsubscribe',
  }
}
