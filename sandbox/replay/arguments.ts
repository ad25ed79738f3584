// Reads the command line of `npm run replay`.
import { parseArgs } from 'node:util'
import { z } from 'zod'

export const replayUsage = `npm run replay -- --orders FILE.csv --products FILE.csv [--abandon 0.25] [--consent all|none|0.5]
  [--seed 1] [--tick MINUTES] [--until ISO-DATE] --report OUT.json`

const share = z.coerce.number().min(0, 'is a share between 0 and 1').max(1, 'is a share between 0 and 1')

const replayArguments = z.object({
  orders: z.string({ error: 'is missing: the CSV file of orders, plain or gzip' }),
  products: z.string({ error: 'is missing: the CSV file of products, plain or gzip' }),
  report: z.string({ error: 'is missing: the file that the report is written to' }),
  abandon: share.default(0.25),
  consent: z
    .union([z.enum(['all', 'none']), share], { error: 'is all, none, or a share between 0 and 1' })
    .default('all'),
  seed: z.string().default('1'),
  /** How many minutes lie between two looks of the worker; 0 is at once. Left out, the history's length decides. */
  tick: z.coerce
    .number()
    .min(0, 'is a number of minutes')
    .max(60, 'is an hour at most, or waits would lose their meaning')
    .optional(),
  until: z
    .string()
    .transform((text) => new Date(text))
    .refine((date) => !Number.isNaN(date.getTime()), 'is no ISO date')
    .optional(),
})

export type ReplayArguments = z.infer<typeof replayArguments>

/** @throws Error in words, with the usage, when the command line can't be read */
export function readReplayArguments(argv: string[]): ReplayArguments {
  const options = Object.fromEntries(
    Object.keys(replayArguments.shape).map((name) => [name, { type: 'string' as const }]),
  )
  const { values } = parseArgs({ args: argv, options, strict: true })
  const parsed = replayArguments.safeParse(values)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `--${issue.path.join('.')} ${issue.message}`)
  throw new Error(`${problems.join('\n')}\n\n${replayUsage}`)
}
