import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const program = `
import { createServer } from 'node:http'
const server = createServer((_request, response) => {
  response.setHeader('Content-Security-Policy', 'frame-ancestors https://admin.shopify.com;')
  response.end()
}).listen(0, async () => {
  const response = await fetch('http://localhost:' + server.address().port)
  console.log(response.headers.get('content-security-policy'))
  server.close()
})`

test('the preloaded module adds the stand-in to those who may frame the app', async () => {
  const preload = fileURLToPath(new URL('frame.ts', import.meta.url))
  const env = { ...process.env, SANDBOX_SHOPIFY_URL: 'http://localhost:4600/ignored' }
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, ['--import', preload, '--input-type=module', '-e', program], { env })
  expect(stdout.trim()).toBe('frame-ancestors http://localhost:4600 https://admin.shopify.com;')
})
