// The stand-in for SendGrid in a process of its own, as the real one would be: its work must not count as ours.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { z } from 'zod'
import { systemClock } from '#app/platform/clock.server.ts'
import { startSendGridStandIn } from '#sandbox/sendgrid/stand-in.ts'

const startedSchema = z.object({ url: z.string(), apiKey: z.string() })
const countsSchema = z.object({ received: z.number(), duplicates: z.number() })

export interface SendGridProcess extends z.infer<typeof startedSchema>, Disposable {
  counts(): Promise<z.infer<typeof countsSchema>>
}

export async function startSendGridProcess(): Promise<SendGridProcess> {
  const child = fork(import.meta.filename, [], { env: { ...process.env, TERN_SENDGRID_PROCESS: '1' }, execArgv: [] })
  const [started] = await once(child, 'message')
  return {
    ...startedSchema.parse(started),
    async counts() {
      child.send('counts')
      const [counts] = await once(child, 'message')
      return countsSchema.parse(counts)
    },
    [Symbol.dispose]: () => child.disconnect(),
  }
}

if (process.env.TERN_SENDGRID_PROCESS) {
  const standIn = await startSendGridStandIn({ clock: systemClock, keepMails: 'none' })
  process.on('message', () => process.send!(standIn.counts()))
  process.on('disconnect', () => process.exit())
  process.send!({ url: standIn.url, apiKey: standIn.apiKey })
}
