// Names for needed facts: two steps that ask the same thing share the answer.
import type { Condition } from '#app/segments/condition.ts'
import type { Verdict } from '#app/segments/verdict.ts'
import type { Facts, Need } from './step-kind.ts'

const conditionKeys = new WeakMap<object, string>()

/** Conditions are parsed once per definition, so that the text of each is made once too. */
export function conditionKey(condition: Condition): string {
  let key = conditionKeys.get(condition)
  if (key === undefined) {
    key = JSON.stringify(condition)
    conditionKeys.set(condition, key)
  }
  return key
}

export function needKey(need: Need): string {
  if (need.kind === 'condition') return conditionKey(need.condition)
  return need.kind === 'event' ? `event ${need.type} ${need.match} ${need.since}` : 'zone'
}

export type ConditionAnswer =
  | { kind: 'known'; verdict: Verdict }
  | { kind: 'unknown'; need: Need }
  | { kind: 'failed'; reason: string }

export function answerOf(facts: Facts, condition: Condition): ConditionAnswer {
  const answer = facts.get(conditionKey(condition))
  if (answer?.kind === 'verdict') return { kind: 'known', verdict: answer.verdict }
  if (answer?.kind === 'failed') return { kind: 'failed', reason: answer.reason }
  return { kind: 'unknown', need: { kind: 'condition', condition } }
}
