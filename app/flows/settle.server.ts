// Moves a batch of enrolments until each waits or is over: rounds of deciding, and of looking up what that needs.
import type { Tx } from '#app/platform/database.server.ts'
import { advance } from './advance.ts'
import type { Change } from './enrolment.ts'
import type { FlowVersion } from './flow-version.ts'
import { lookUp } from './look-up.server.ts'
import { needKey } from './needs.ts'
import { putOff } from './put-off.ts'
import type { Answer, Need } from './step-kind.ts'

export interface Traveller {
  change: Change
  /** Null when the version can't be read. */
  flow: FlowVersion | null
  now: Date
  /** In a dry run on what is stored: nothing that happened after `now` counts. */
  isDryRun?: boolean
}

/** More rounds than a flow has kinds of questions on one way; an enrolment that wants more goes on in the next pass. */
const maxRounds = 20

/** One change per traveller. One that can't be moved is put off, and ended when that has happened too often. */
export async function settle(tx: Tx, travellers: readonly Traveller[]): Promise<Change[]> {
  const settled: Change[] = []
  let open = travellers.map((traveller) => ({ ...traveller, facts: new Map<string, Answer>() }))
  for (let round = 0; open.length > 0 && round < maxRounds; round++) {
    const asking: { traveller: (typeof open)[number]; needs: Need[] }[] = []
    for (const traveller of open) {
      const result = tryAdvance(traveller)
      if (result.kind === 'needs') asking.push({ traveller, needs: result.needs })
      else settled.push(result.change)
    }
    const asked = asking.flatMap(({ traveller, needs }) => needs.map((need) => ({ traveller, need })))
    const questions = asked.map(({ traveller: { change, now, isDryRun }, need }) => ({
      enrolment: change.enrolment,
      need,
      now,
      until: isDryRun ? now : null,
    }))
    const answers = await lookUp(tx, questions)
    for (const [index, { traveller, need }] of asked.entries()) traveller.facts.set(needKey(need), answers[index]!)
    open = asking.map(({ traveller }) => traveller)
  }
  return [...settled, ...open.map(({ change, now }) => putOff(change, 'too_many_questions', now))]
}

function tryAdvance({ change, flow, facts, now }: Traveller & { facts: ReadonlyMap<string, Answer> }) {
  if (!flow) return { kind: 'settled' as const, change: putOff(change, 'unreadable_definition', now) }
  try {
    const result = advance(flow, change.enrolment, facts, now)
    if (result.kind === 'needs') return result
    const { enrolment, visits, effects } = result
    const after = { ...enrolment, attempts: 0 }
    const grown = { visits: [...change.visits, ...visits], effects: [...change.effects, ...effects] }
    return { kind: 'settled' as const, change: { ...change, enrolment: after, ...grown } }
  } catch {
    // Whatever a step throws is a fault of that step: the others of the batch go on.
    return { kind: 'settled' as const, change: putOff(change, 'step_error', now) }
  }
}
