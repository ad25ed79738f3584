// What happened to one person in a flow, step by step, with what was seen and what became of the mails.
import { z } from 'zod'
import type { Seen } from '#app/flows/step-kind.ts'
import type { EnrolmentId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

export interface LogLine {
  at: Date
  step: string
  /** What was decided at the step; null for what became of a mail. */
  verdict: string | null
  seen: Seen
  mail: { id: string; state: string; reason: string | null; subject: string | null } | null
}

/** The oldest first. */
export async function readPersonLog(tx: Tx, shopId: ShopId, enrolmentId: EnrolmentId): Promise<LogLine[]> {
  const [visits, mails] = await Promise.all([
    tx.rows(
      `select step, at, verdict, seen from visit where shop_id = $1 and enrolment_id = $2 order by at, step limit 1000`,
      [shopId, enrolmentId],
    ),
    tx.rows(
      `select id, step, coalesce(handed_over_at, due_at, created_at) as at, state, reason, subject_line as subject
       from message where shop_id = $1 and enrolment_id = $2 order by created_at, id limit 1000`,
      [shopId, enrolmentId],
    ),
  ])
  const lines = [
    ...visits.map((row): LogLine => ({ ...visitSchema.parse(row), mail: null })),
    ...mails.map((row): LogLine => {
      const { at, step, ...mail } = mailSchema.parse(row)
      return { at, step: step ?? '', verdict: null, seen: {}, mail }
    }),
  ]
  return lines.sort((a, b) => a.at.getTime() - b.at.getTime())
}

const visitSchema = z.object({
  at: z.date(),
  step: z.string(),
  verdict: z.string(),
  seen: z.record(z.string(), z.json()),
})

const mailSchema = z.object({
  id: z.string(),
  step: z.string().nullable(),
  at: z.date(),
  state: z.string(),
  reason: z.string().nullable(),
  subject: z.string().nullable(),
})
