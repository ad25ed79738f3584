// What a replay tells, as it is kept until the next one.
import { z } from 'zod'

const counts = z.record(z.string(), z.int())

export const replayReportSchema = z.object({
  days: z.int(),
  until: z.string(),
  entered: z.int(),
  people: z.int(),
  /** How those whose way was over had ended, by reason. */
  ended: counts,
  stillIn: z.int(),
  mails: z.int(),
  /** The oldest day first. */
  mailsPerDay: z.array(z.int()),
  mailsByStep: counts,
  /** Mails that would not have gone, by reason. */
  skipped: counts,
  /** Mails of other flows that the same person got within a day, by flow. */
  overlaps: z.array(z.object({ flow: z.string(), mails: z.int() })),
})
export type ReplayReport = z.output<typeof replayReportSchema>
