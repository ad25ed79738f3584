// Encryption at rest (AES-256-GCM) and the keys derived from ENCRYPTION_KEY for signing and hashing.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

const version = 1
const ivLength = 12
const tagLength = 16

export interface Secrets {
  /** `purpose` is bound to the result: what was sealed for one purpose cannot be opened for another. */
  seal(text: string, purpose: string): Buffer
  /** @throws Error when `sealed` was changed, or sealed with another key or purpose */
  open(sealed: Uint8Array, purpose: string): string
  /** A signature of 16 bytes over `text`, in base64url. */
  sign(text: string, purpose: string): string
  /** Compares in constant time. */
  isSigned(text: string, purpose: string, signature: string): boolean
  /** Keys the hashes of addresses and ids, so that they tell nothing to whoever has a copy of the database. */
  readonly pepper: string
}

/** @param encryptionKey 32 bytes in base64, from the environment */
export function createSecrets(encryptionKey: string): Secrets {
  const root = Buffer.from(encryptionKey, 'base64')
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', root, 'tern', purpose, 32))
  const sealing = derive('seal')
  const signing = derive('sign')
  const sign = (text: string, purpose: string) =>
    createHmac('sha256', signing).update(`${purpose}\u0000${text}`).digest().subarray(0, 16)
  return {
    seal(text, purpose) {
      const iv = randomBytes(ivLength)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([version]), iv, cipher.getAuthTag(), body])
    },
    open(sealed, purpose) {
      const bytes = Buffer.from(sealed)
      if (bytes[0] !== version) throw new Error('sealed by an unknown version of Tern')
      const iv = bytes.subarray(1, 1 + ivLength)
      const tag = bytes.subarray(1 + ivLength, 1 + ivLength + tagLength)
      const decipher = createDecipheriv('aes-256-gcm', sealing, iv).setAAD(Buffer.from(purpose)).setAuthTag(tag)
      return decipher.update(bytes.subarray(1 + ivLength + tagLength), undefined, 'utf8') + decipher.final('utf8')
    },
    sign: (text, purpose) => sign(text, purpose).toString('base64url'),
    isSigned(text, purpose, signature) {
      const given = Buffer.from(signature, 'base64url')
      const expected = sign(text, purpose)
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
    pepper: derive('pepper').toString('hex'),
  }
}
