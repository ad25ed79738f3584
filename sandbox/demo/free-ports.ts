// Finds ports that nobody listens on, so that a second demo, or whatever else runs at 3000, is no obstacle.
import { once } from 'node:events'
import { createServer } from 'node:net'

/** The first `count` free ports from `first` on. */
export async function findFreePorts(first: number, count: number): Promise<number[]> {
  const ports: number[] = []
  for (let port = first; ports.length < count; port++) {
    if (port > 65_535) throw new Error(`There are no ${count} free ports from ${first} on.`)
    if (await isFree(port)) ports.push(port)
  }
  return ports
}

/** Asked on both, because some systems let a port be taken on one address only. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port)) && (await canListen(port, '127.0.0.1'))
}

async function canListen(port: number, host?: string): Promise<boolean> {
  const probe = createServer()
  try {
    probe.listen({ port, host })
    await once(probe, 'listening')
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))
      return false
    throw error
  } finally {
    probe.close()
  }
}
