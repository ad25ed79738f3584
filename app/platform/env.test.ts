import { expect, test } from 'vitest'
import { EnvironmentError, readEnv } from '#app/platform/env.server.ts'

const complete = {
  SHOPIFY_API_KEY: 'client-id-0123456789',
  SHOPIFY_API_SECRET: 'client-secret-0123456789',
  SHOPIFY_APP_URL: 'https://tern.example',
  ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
}

test('a complete environment is read with its defaults', () => {
  expect(readEnv(complete)).toMatchObject({ PORT: 3000, CLOCK_RATE: 1, SENDGRID_BASE_URL: 'https://api.sendgrid.com' })
})

test('what nobody declares to be for development is production, with its safeguards', () => {
  expect(readEnv(complete).NODE_ENV).toBe('production')
  expect(() => readEnv({ ...complete, FRAME_ANCESTORS: 'http://localhost:1' })).toThrow(/FRAME_ANCESTORS/)
})

test.each(Object.keys(complete))('without %s Tern refuses to start and says which variable', (name) => {
  expect(() => readEnv({ ...complete, [name]: undefined })).toThrow(EnvironmentError)
  expect(() => readEnv({ ...complete, [name]: undefined })).toThrow(name)
})

test('a weak key is refused with the way to make a good one, and without its value', () => {
  const weak = () => readEnv({ ...complete, ENCRYPTION_KEY: 'aHVudGVyMg==' })
  expect(weak).toThrow(/openssl rand -base64 32/)
  expect(weak).not.toThrow(/aHVudGVyMg/)
})

test('a faster clock says when it began, and is refused in production', () => {
  const faster = { ...complete, NODE_ENV: 'development', CLOCK_RATE: '3600', CLOCK_START: '2026-01-01T00:00:00.000Z' }
  expect(readEnv(faster).CLOCK_RATE).toBe(3600)
  expect(() => readEnv({ ...faster, CLOCK_START: undefined })).toThrow(/CLOCK_START/)
  expect(() => readEnv({ ...faster, NODE_ENV: 'production' })).toThrow(/CLOCK_RATE/)
})
