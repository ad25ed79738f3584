// Lets a stage's time pass by hand: everything that is due happens at its own time, in this process, undisturbed.
import type { VirtualClock } from '#app/platform/clock.server.ts'
import type { Stage } from './stage.ts'

/** Does what is due up to `until`, and stops the clock there. */
export async function runUntil({ db, tern, sendgrid }: Stage, clock: VirtualClock, until: Date): Promise<true> {
  const turns = { work: tern.workDue, send: tern.deliverDue, events: sendgrid.deliverDueEvents }
  for (;;) {
    const [next] = [...(await dueLanes(db)), { turn: 'events' as const, at: sendgrid.nextEventAt() }]
      .flatMap(({ turn, at }) => (at && at <= until ? [{ turn, at }] : []))
      .sort((a, b) => a.at.getTime() - b.at.getTime())
    const moment = next?.at ?? until
    if (moment > clock.now()) clock.advanceTo(moment)
    if (!next) return true
    await turns[next.turn]()
  }
}

async function dueLanes(db: Stage['db']) {
  const { rows } = await db.pool.query<{ turn: 'work' | 'send'; at: Date }>(
    `select lane as turn, next_due_at as at from shop_lane where next_due_at < 'infinity'`,
  )
  return rows
}
