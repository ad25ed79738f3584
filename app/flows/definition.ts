// What a merchant draws: what begins a flow, who may enter and go on, what ends it, and its steps.
import { z } from 'zod'
import { eventTypes } from '#app/events/vocabulary.ts'
import { conditionSchema } from '#app/segments/condition.ts'
import { stepIdSchema } from './step-id.ts'
import type { StepId } from './step-kind.ts'
import { type Problem, stepProblems } from './step-problems.ts'
import { type Step, stepSchema } from './steps/registry.ts'
import { type Trigger, triggerSchema } from './triggers/registry.ts'

const reasonSchema = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'a reason has up to 60 small letters, digits and _')

const reentrySchema = z.union([
  z.literal('never'),
  z.literal('always'),
  z.strictObject({ afterDays: z.int().min(1).max(731) }),
])
export type Reentry = z.output<typeof reentrySchema>

const exitSchema = z.strictObject({
  on: z.enum(eventTypes),
  /** `subject`: about the same purchase, by any of its names. */
  match: z.enum(['subject', 'profile']),
  reason: reasonSchema,
  /** Only when the event is worth as much as what the trigger reported: a refund of the whole order. */
  onlyWhole: z.boolean().default(false),
})
export type Exit = z.output<typeof exitSchema>

export const definitionSchema = z.strictObject({
  trigger: triggerSchema,
  /** Who may enter, asked once, as of the moment of the trigger. */
  entry: conditionSchema.nullable(),
  /** Who may still be written to, asked again before every send. */
  filter: conditionSchema.nullable(),
  reentry: reentrySchema,
  /** A newer subject of the same person (a later checkout) ends the enrolment about the older one. */
  newestOnly: z.boolean().default(false),
  exits: z.array(exitSchema).max(20),
  start: stepIdSchema,
  steps: z.record(stepIdSchema, stepSchema),
})

export type Definition = Omit<z.output<typeof definitionSchema>, 'trigger' | 'exits' | 'steps'> & {
  trigger: Trigger
  exits: Exit[]
  steps: Record<StepId, Step>
}
export type DefinitionInput = z.input<typeof definitionSchema>

export type ReadDefinition = { ok: true; definition: Definition } | { ok: false; problems: Problem[] }

/** Reads a definition from outside: its fields, then its steps as a graph. Problems say where they are. */
export function readDefinition(input: unknown): ReadDefinition {
  const parsed = definitionSchema.safeParse(input)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => fieldProblem(path, message))
    return { ok: false, problems }
  }
  const problems = stepProblems(parsed.data)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, definition: parsed.data }
}

function fieldProblem(path: readonly PropertyKey[], message: string): Problem {
  const isInStep = path[0] === 'steps' && path.length > 1
  return isInStep
    ? { step: String(path[1]), field: path.slice(2).join('.'), message }
    : { step: null, field: path.join('.'), message }
}
