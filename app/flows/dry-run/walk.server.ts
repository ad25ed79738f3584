// Walks one person through a flow from now on: the way, the times and the mails, if nothing else happens meanwhile.
import { type AdmissionGate, admissionGates } from '#app/flows/admission.ts'
import { loadAdmissionFacts } from '#app/flows/admission-facts.server.ts'
import type { Candidate } from '#app/flows/candidate.ts'
import { enrol } from '#app/flows/enrol.ts'
import { type Change, entryStep } from '#app/flows/enrolment.ts'
import type { FlowVersion } from '#app/flows/flow-version.ts'
import { candidatesOf } from '#app/flows/react.ts'
import { settle } from '#app/flows/settle.server.ts'
import type { Seen } from '#app/flows/step-kind.ts'
import { kindOfTrigger } from '#app/flows/triggers/registry.ts'
import type { ProfileId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { judgeMails, type MailVerdict } from './mail-verdicts.server.ts'
import type { PlannedMail } from './simulation.server.ts'
import { heardColumns, toHeardEvent } from './stored-events.server.ts'

export interface Walk {
  /** What their last such event was about; null when there was none, and the walk is about nothing in particular. */
  subject: string | null
  /** What would keep them out, and what it saw. The walk goes on as if nothing did. */
  gates: AdmissionGate[]
  stops: WalkStop[]
  mails: MailVerdict[]
  /** How it ends: the reason of an exit, or null for the flow's own end. */
  endReason: string | null
  endsAt: Date
}

export interface WalkStop {
  step: string
  reachedAt: Date
  leftAt: Date
  verdict: string
  seen: Seen
}

/** Longer than any flow: two waits of two years, say. */
const mostRounds = 1_000

export async function walkThrough(tx: Tx, flow: FlowVersion, profileId: ProfileId, now: Date): Promise<Walk> {
  const candidate = await candidateFor(tx, flow, profileId, now)
  const facts = (await loadAdmissionFacts(tx, [candidate], { pastUntil: () => now })).get(candidate.key)!
  const mails: PlannedMail[] = []
  const stops: WalkStop[] = []
  let reachedAt = now
  let change = enrol(candidate, facts, now)
  const note = (done: Change, at: Date) => {
    for (const { step, verdict, seen } of done.visits) {
      if (step === entryStep) continue
      stops.push({ step, reachedAt, leftAt: at, verdict, seen })
      reachedAt = at
    }
    mails.push(...done.effects.map((effect) => ({ ...effect, enrolment: done.enrolment, at })))
  }
  note(change, now)
  for (let round = 0; change.enrolment.state === 'active' && round < mostRounds; round++) {
    const { enrolment } = change
    const at = enrolment.wakeAt > now ? enrolment.wakeAt : now
    const traveller = { change: { before: enrolment, enrolment, visits: [], effects: [] }, flow, now: at }
    ;[change = change] = await settle(tx, [traveller])
    note(change, at)
  }
  const { endReason, endedAt } = change.enrolment
  return {
    subject: candidate.eventId === null ? null : candidate.subject,
    gates: admissionGates(candidate, facts, { past: facts.past, running: [] }),
    ...{ stops, mails: await judgeMails(tx, flow.shopId, mails), endReason },
    endsAt: endedAt ?? now,
  }
}

/** As if the person's last event of the trigger's kind happened now; without one, something unheard of did. */
async function candidateFor(tx: Tx, flow: FlowVersion, profileId: ProfileId, now: Date): Promise<Candidate> {
  const { trigger } = flow.definition
  const kind = kindOfTrigger(trigger)
  const common = { key: 'walk', flow, profileId, at: now }
  if (kind.begins === 'by-absence') return { ...kind.start(trigger), ...common, eventId: null }
  const [row] = await tx.rows(
    `select ${heardColumns} from event v
     where v.shop_id = $1 and v.profile_id = $2 and v.type = any($3::text[]) order by v.occurred_at desc, v.id desc limit 1`,
    [flow.shopId, profileId, kind.events],
  )
  const [found] = row ? candidatesOf(toHeardEvent(row), [flow]) : []
  return found ? { ...found, ...common } : { subject: 'profile', context: {}, ...common, eventId: null }
}
