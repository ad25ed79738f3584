import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { createDownload, ForbiddenAddressError } from './download.server.ts'
import { isPublicAddress } from './public-address.server.ts'

const signal = AbortSignal.timeout(20_000)
const download = createDownload()

test.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) =>
  expect(isPublicAddress(address)).toBe(true),
)

test.each([
  ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
  ...[
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fd00::1',
    'fe80::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
  ],
  ...['64:ff9b::7f00:1', '2002:7f00:1::', '::7f00:1', 'ff02::1', 'localhost', '', '1.2.3'],
])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false))

test.each([
  'http://example.com/',
  'file:///etc/passwd',
  'ftp://example.com/',
  'https://example.com:8443/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://127.1/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:169.254.169.254]/',
  'https://169.254.169.254/latest/meta-data/',
  'https://user:password@10.0.0.1/',
])('nothing is fetched from %s', async (url) => {
  await expect(download(url, { signal })).rejects.toBeInstanceOf(ForbiddenAddressError)
})

test.each([
  ['to this machine', ['127.0.0.1']],
  ['to a public address and a private one', ['8.8.8.8', '10.0.0.1']],
  ['to the private side by IPv6', ['fd00::1']],
  ['nowhere', []],
])('a name that leads %s is not connected to', async (_where, addresses) => {
  const resolve = async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  const fetching = createDownload({ resolve })('https://innocent.example/', { signal })
  await expect(fetching).rejects.toBeInstanceOf(ForbiddenAddressError)
})

test('DNS is asked once, for the connection itself: an answer that changes afterwards changes nothing', async () => {
  const answers = ['127.0.0.1', '8.8.8.8']
  const asked: string[] = []
  const resolve = async (name: string) => {
    asked.push(name)
    return [{ address: answers.shift()!, family: 4 }]
  }
  const fetching = createDownload({ resolve })('https://rebinding.example/', { signal })
  await expect(fetching).rejects.toBeInstanceOf(ForbiddenAddressError)
  expect(asked).toEqual(['rebinding.example'])
})

test('a redirect is an answer like any other, and is not followed', async () => {
  let asked = 0
  const server = createServer((_, response) => {
    asked += 1
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
  }).listen(0)
  const { port } = server.address() as AddressInfo
  const sandbox = createDownload({ mayBePrivate: true })
  expect((await sandbox(`http://127.0.0.1:${port}/`, { signal })).status).toBe(302)
  expect(asked).toBe(1)
  server.close()
})
