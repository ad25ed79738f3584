// Branded ids, so that a shop's number never passes for a profile's.
import { createHash } from 'node:crypto'

declare const brand: unique symbol
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name }

/** Tern's own number of a shop: first in every key. */
export type ShopId = Branded<number, 'ShopId'>
export type ProfileId = Branded<number, 'ProfileId'>
export type FlowId = Branded<number, 'FlowId'>
export type EnrolmentId = Branded<number, 'EnrolmentId'>
export type MessageId = Branded<string, 'MessageId'>

export const shopId = (value: number) => value as ShopId
export const profileId = (value: number) => value as ProfileId
export const flowId = (value: number) => value as FlowId
export const enrolmentId = (value: number) => value as EnrolmentId
export const messageId = (value: string) => value as MessageId

const namespace = Buffer.from('6f1f7c8c4a6b5b0e9d5a2f0c7e3b9a11', 'hex')

/** The UUIDv5 (RFC 9562) of `parts`: the same parts give the same id, so doing a thing again changes nothing. */
export function derivedUuid(...parts: (string | number)[]): string {
  const hash = createHash('sha1').update(namespace).update(parts.join('\u0000')).digest()
  hash[6] = (hash[6]! & 0x0f) | 0x50
  hash[8] = (hash[8]! & 0x3f) | 0x80
  const hex = hash.toString('hex', 0, 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
