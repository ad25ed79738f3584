// Keyed hashes: they recognise an address or an identifier that Tern may no longer keep in the clear.
import { createHmac } from 'node:crypto'
import type { Identifier } from './identity.ts'

/** The keyed hash of an address, whatever its case and surrounding blanks. `pepper` comes from the encryption key. */
export function emailHash(email: string, pepper: string): string {
  return keyedHash(normalisedEmail(email), pepper)
}

/** The hash under which a tombstone remembers an identifier of someone who was erased. */
export function identityHash({ kind, value }: Identifier, pepper: string): string {
  return keyedHash(`${kind}\u0000${value}`, pepper)
}

export const normalisedEmail = (email: string) => email.trim().toLowerCase()

const keyedHash = (text: string, pepper: string) => createHmac('sha256', pepper).update(text).digest('hex')
