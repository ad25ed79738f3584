// What this process has done and what failed in it, counted as it happens.
import { Counter, type Registry } from 'prom-client'
import type { Loop } from '#app/jobs/worker.server.ts'
import type { MailSender } from '#app/messages/mail-sender.server.ts'

export interface WorkCounters {
  /** The same loop, with what it did and each turn that failed counted. */
  counted(loop: Loop): Loop
  /** The same sender, with SendGrid's answers counted by their kind. */
  countedSender(sender: MailSender): MailSender
  /** Wake-ups that were lost and mended: must stay zero. */
  lostWakeUps(count: number): void
}

export function createWorkCounters(registry: Registry): WorkCounters {
  const registers = [registry]
  const items = new Counter({
    name: 'tern_worked_items_total',
    help: 'Deliveries, steps and messages worked on',
    labelNames: ['loop'],
    registers,
  })
  const failures = new Counter({
    name: 'tern_failed_turns_total',
    help: 'Turns of a worker loop that threw',
    labelNames: ['loop'],
    registers,
  })
  const answers = new Counter({
    name: 'tern_hand_overs_total',
    help: "SendGrid's answers to mails that were handed over, by kind",
    labelNames: ['outcome'],
    registers,
  })
  const lost = new Counter({ name: 'tern_lost_wake_ups_total', help: 'Lanes whose wake-up was lost', registers })
  return {
    counted({ name, turn }) {
      // Loops of one kind count together: "send 1", "send 2".
      const loop = name.split(' ')[0]!
      return {
        name,
        async turn() {
          try {
            const done = await turn()
            items.inc({ loop }, done)
            return done
          } catch (error) {
            failures.inc({ loop })
            throw error
          }
        },
      }
    },
    countedSender: (sender) => ({
      async send(apiKey, mail) {
        const answer = await sender.send(apiKey, mail)
        answers.inc({ outcome: answer.kind })
        return answer
      },
    }),
    lostWakeUps: (count) => lost.inc(count),
  }
}
