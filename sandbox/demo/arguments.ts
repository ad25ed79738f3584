// Reads the command line of `npm run demo`.
import { parseArgs } from 'node:util'
import { z } from 'zod'

export const demoUsage = `npm run demo -- [--rate 3600] [--port 3000] [--headless --for SECONDS]

  --rate      how many seconds of the shop's life pass in a second
  --port      where Tern listens; the admin and the inbox take the next two free ports
  --headless  nothing is redrawn, and the report is printed as the last line
  --for       ends by itself after so many seconds of the shop's life being told`

const demoArguments = z
  .object({
    rate: z.coerce.number().min(1, 'is at least 1').max(36_000, 'is at most 36000').default(3600),
    port: z.coerce.number().int().min(1024, 'is at least 1024').max(65_000, 'is at most 65000').default(3000),
    headless: z.boolean().default(false),
    for: z.coerce.number().positive('is a number of seconds').optional(),
  })
  .refine((values) => !values.headless || values.for !== undefined, {
    path: ['headless'],
    message: 'needs --for SECONDS',
  })
  .transform(({ rate, port, headless, for: seconds }) => ({
    rate,
    port,
    isHeadless: headless,
    seconds: seconds ?? null,
  }))

export type DemoOptions = z.infer<typeof demoArguments>

const options = {
  rate: { type: 'string' },
  port: { type: 'string' },
  headless: { type: 'boolean' },
  for: { type: 'string' },
} as const

/** @throws Error in words, with the usage, when the command line can't be read */
export function readDemoArguments(argv: string[]): DemoOptions {
  const parsed = demoArguments.safeParse(parse(argv))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `--${issue.path.join('.')} ${issue.message}`)
  throw new Error(`${problems.join('\n')}\n\n${demoUsage}`)
}

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options, strict: true }).values
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : cause}\n\n${demoUsage}`, { cause })
  }
}
