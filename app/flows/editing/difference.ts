// What has changed between the version that is live and a draft, step by step, for whoever is about to publish it.
import type { Definition } from '#app/flows/definition.ts'
import type { StepId } from '#app/flows/step-kind.ts'
import { isDeepEqual } from '#app/lib/deep-equal.ts'

export interface Difference {
  added: StepId[]
  removed: StepId[]
  changed: StepId[]
  /** The parts other than steps that differ. */
  settings: Setting[]
}

type Setting = 'trigger' | 'entry' | 'filter' | 'reentry' | 'newestOnly' | 'exits' | 'start'

const settings: readonly Setting[] = ['trigger', 'entry', 'filter', 'reentry', 'newestOnly', 'exits', 'start']

export function differenceBetween(live: Definition, draft: Definition): Difference {
  const both = Object.keys(draft.steps).filter((id) => live.steps[id])
  return {
    added: Object.keys(draft.steps).filter((id) => !live.steps[id]),
    removed: Object.keys(live.steps).filter((id) => !draft.steps[id]),
    changed: both.filter((id) => !isDeepEqual(live.steps[id], draft.steps[id])),
    settings: settings.filter((part) => !isDeepEqual(live[part], draft[part])),
  }
}

export const isSame = ({ added, removed, changed, settings }: Difference) =>
  added.length + removed.length + changed.length + settings.length === 0
