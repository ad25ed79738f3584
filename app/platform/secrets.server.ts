// Encryption at rest (AES-256-GCM) with a key that can be replaced, and the lasting keys that must outlive it.
//
// What is sealed at rest names the key that sealed it and can be sealed anew: its key rotates. Links in mails and the
// hashes of addresses can't be made anew, so their keys come from a root that stays (keyring.server.ts).
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** Version 1 names no key; version 2 has the key's id behind the version. */
const versions = { unnamed: 1, named: 2 } as const
const idLength = 4
const ivLength = 12
const tagLength = 16

export interface Secrets {
  /** `purpose` is bound to the result: what was sealed for one purpose cannot be opened for another. */
  seal(text: string, purpose: string): Buffer
  /** @throws Error when `sealed` was changed, or sealed with another key or purpose */
  open(sealed: Uint8Array, purpose: string): string
  /** The same text sealed with today's key; null when it is already. */
  reseal(sealed: Uint8Array, purpose: string): Buffer | null
  /** Like `seal`, for what is handed out and can't be called back: it can be opened after any rotation. */
  sealLasting(text: string, purpose: string): Buffer
  openLasting(sealed: Uint8Array, purpose: string): string
  /** A signature of 16 bytes over `text`, in base64url. */
  sign(text: string, purpose: string): string
  /** Compares in constant time. */
  isSigned(text: string, purpose: string, signature: string): boolean
  /** Keys the hashes of addresses and ids, so that they tell nothing to whoever has a copy of the database. */
  readonly pepper: string
}

export interface OtherKeys {
  /** The key before this one, while what it sealed is being sealed anew. Base64. */
  previous?: string | undefined
  /** What lasting keys are derived from; the encryption key itself until it is first rotated. Base64. */
  root?: string
}

/** @param encryptionKey 32 bytes in base64, from the environment */
export function createSecrets(encryptionKey: string, { previous, root = encryptionKey }: OtherKeys = {}): Secrets {
  const current = sealingKey(encryptionKey)
  const known = previous === undefined ? [current] : [current, sealingKey(previous)]
  const lasting = derive(root, 'seal')
  const signing = derive(root, 'sign')
  const sign = (text: string, purpose: string) =>
    createHmac('sha256', signing).update(`${purpose}\u0000${text}`).digest().subarray(0, 16)
  const open = (sealed: Uint8Array, purpose: string) => openWithAny(known, Buffer.from(sealed), purpose)
  const seal = (text: string, purpose: string) =>
    Buffer.concat([Buffer.from([versions.named]), current.id, encrypt(current.key, text, purpose)])
  return {
    seal,
    open,
    reseal(sealed, purpose) {
      const bytes = Buffer.from(sealed)
      const isCurrent = bytes[0] === versions.named && bytes.subarray(1, 1 + idLength).equals(current.id)
      return isCurrent ? null : seal(open(bytes, purpose), purpose)
    },
    sealLasting: (text, purpose) => Buffer.concat([Buffer.from([versions.unnamed]), encrypt(lasting, text, purpose)]),
    openLasting(sealed, purpose) {
      const bytes = Buffer.from(sealed)
      if (bytes[0] !== versions.unnamed) throw new Error('sealed by an unknown version of Tern')
      return decrypt(lasting, bytes.subarray(1), purpose)
    },
    sign: (text, purpose) => sign(text, purpose).toString('base64url'),
    isSigned(text, purpose, signature) {
      const given = Buffer.from(signature, 'base64url')
      const expected = sign(text, purpose)
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
    pepper: derive(root, 'pepper').toString('hex'),
  }
}

interface SealingKey {
  id: Buffer
  key: Buffer
}

function sealingKey(encryptionKey: string): SealingKey {
  const key = derive(encryptionKey, 'seal')
  return { key, id: createHash('sha256').update(derive(encryptionKey, 'id')).digest().subarray(0, idLength) }
}

const derive = (key: string, purpose: string) =>
  Buffer.from(hkdfSync('sha256', Buffer.from(key, 'base64'), 'tern', purpose, 32))

function openWithAny(keys: readonly SealingKey[], bytes: Buffer, purpose: string): string {
  if (bytes[0] === versions.named) {
    const id = bytes.subarray(1, 1 + idLength)
    const key = keys.find((known) => known.id.equals(id))
    if (!key) throw new Error('sealed with an encryption key that this process does not have')
    return decrypt(key.key, bytes.subarray(1 + idLength), purpose)
  }
  if (bytes[0] !== versions.unnamed) throw new Error('sealed by an unknown version of Tern')
  const [last, ...earlier] = keys.toReversed()
  for (const { key } of earlier.toReversed()) {
    try {
      return decrypt(key, bytes.subarray(1), purpose)
    } catch {
      // Another key may have sealed it; the last one's refusal is the caller's to see.
    }
  }
  return decrypt(last!.key, bytes.subarray(1), purpose)
}

function encrypt(key: Buffer, text: string, purpose: string): Buffer {
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body])
}

function decrypt(key: Buffer, bytes: Buffer, purpose: string): string {
  const iv = bytes.subarray(0, ivLength)
  const tag = bytes.subarray(ivLength, ivLength + tagLength)
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose)).setAuthTag(tag)
  return decipher.update(bytes.subarray(ivLength + tagLength), undefined, 'utf8') + decipher.final('utf8')
}
