// Whose key signs a batch, and whose events it may bring. A shop with a SendGrid account of its own has its webhook call
// `/webhooks/sendgrid?shop=PUBLIC_ID`: that batch is checked with the shop's key, and speaks of this shop alone. Any other is
// checked with the installation's keys, and may speak of every shop.
import type { IncomingMessage } from 'node:http'
import type { ShopDirectory } from '#app/shops/directory.server.ts'
import { createSendGridVerifier, type SendGridVerifier } from './sendgrid-signature.server.ts'

export interface SendGridScope {
  isSigned: SendGridVerifier
  /** Whether events of this tenant may come in such a batch. */
  covers(tenant: string): boolean
}

export type FindScope = (request: IncomingMessage) => Promise<SendGridScope>

/** Keys are read once; a handful of shops changes one in a year. */
const mostKeys = 1_000

export function createFindScope(
  directory: Pick<ShopDirectory, 'webhookKey'>,
  installation: SendGridVerifier,
): FindScope {
  const verifiers = new Map<string, SendGridVerifier>()
  const verifierOf = (key: string) => {
    const known = verifiers.get(key)
    if (known) return known
    if (verifiers.size >= mostKeys) verifiers.clear()
    const made = readableVerifier(key)
    verifiers.set(key, made)
    return made
  }
  return async (request) => {
    const publicId = new URLSearchParams(request.url?.split('?')[1]).get('shop')
    const key = publicId === null ? null : await directory.webhookKey(publicId)
    if (key === null) return { isSigned: installation, covers: () => true }
    return { isSigned: verifierOf(key), covers: (tenant) => tenant === publicId }
  }
}

/** What is no key has signed nothing. */
function readableVerifier(key: string): SendGridVerifier {
  try {
    return createSendGridVerifier([key])
  } catch {
    return () => false
  }
}
