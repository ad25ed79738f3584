// Fetches a file from an address that somebody else named: from the public internet only, wherever a name may lead.
//
// The address is checked when the connection is made, with the very answer of DNS that is connected to, so a name that
// changes its address between check and use is no way in. Redirects are not followed, and nothing is unpacked.

import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.server.ts'

/** The address leads where nothing is fetched from; trying again does not help. */
export class ForbiddenAddressError extends Error {
  override name = 'ForbiddenAddressError'
}

export interface Downloaded {
  status: number
  body: AsyncIterable<Uint8Array>
}

/** @throws ForbiddenAddressError for what is not on the public internet */
export type Download = (url: string, options: { from?: number; signal: AbortSignal }) => Promise<Downloaded>

export interface DownloadOptions {
  /** In a sandbox files come from this very machine. */
  mayBePrivate?: boolean
  /** Asks DNS for every address of a name. */
  resolve?: (hostname: string) => Promise<LookupAddress[]>
}

export function createDownload({ mayBePrivate = false, resolve = resolveName }: DownloadOptions = {}): Download {
  const lookup = guardedLookup(resolve)
  return async (url, { from = 0, signal }) => {
    const address = new URL(url)
    if (!mayBePrivate) requirePublic(address)
    const client = address.protocol === 'https:' ? https : http
    const headers = { 'accept-encoding': 'identity', ...(from > 0 && { range: `bytes=${from}-` }) }
    const options = { headers, signal, agent: false as const, ...(!mayBePrivate && { lookup }) }
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      client.get(address, options, resolve).on('error', reject)
    })
    return { status: response.statusCode ?? 0, body: response }
  }
}

/** For addresses without a name nobody asks DNS, so they are looked at here. */
function requirePublic({ protocol, hostname, port }: URL) {
  if (protocol !== 'https:' || port !== '') throw new ForbiddenAddressError('only https on its own port is fetched')
  const literal = hostname.replace(/^\[|\]$/g, '')
  if (isIP(literal) && !isPublicAddress(literal)) throw new ForbiddenAddressError('the address is not public')
}

/** One address that is not public spoils the name: which of them is connected to is not ours to choose. */
function guardedLookup(resolve: (hostname: string) => Promise<LookupAddress[]>): LookupFunction {
  return (hostname, { all }, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses
        if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
          return callback(new ForbiddenAddressError('the name leads to an address that is not public'), [])
        return all ? callback(null, addresses) : callback(null, first.address, first.family)
      },
      (error) => callback(error, []),
    )
  }
}

function resolveName(hostname: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    dnsLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
  })
}
