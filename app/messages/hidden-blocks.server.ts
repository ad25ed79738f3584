// Which blocks of a mail its reader is not shown: their conditions are asked like a flow's, on fresh data.
import type { MessageId } from '#app/lib/ids.ts'
import type { CompiledTemplate } from '#app/messages/rendering/template.ts'
import type { Tx } from '#app/platform/database.server.ts'
import type { Condition } from '#app/segments/condition.ts'
import { evaluateCondition } from '#app/segments/evaluate.server.ts'
import type { Candidate } from './candidates.server.ts'
import { templateKey } from './template-store.server.ts'

export type HiddenBlocks = Record<string, boolean>

type Reader = Pick<Candidate, 'shopId' | 'id' | 'profileId' | 'subject' | 'templateId' | 'firstDueAt'>

/** Runs no statement for mails that show everybody the same; else one for each condition that there is. */
export async function hiddenBlocks(
  tx: Tx,
  readers: readonly Reader[],
  templates: ReadonlyMap<string, CompiledTemplate>,
  now: Date,
): Promise<Map<MessageId, HiddenBlocks>> {
  const asked = readers.flatMap((reader) =>
    (templates.get(templateKey(reader.shopId, reader.templateId))?.conditions ?? []).map((each) => ({
      reader,
      ...each,
    })),
  )
  const hidden = new Map<MessageId, HiddenBlocks>()
  for (const alike of Map.groupBy(asked, ({ condition }) => JSON.stringify(condition)).values()) {
    const verdicts = await evaluateCondition(
      tx,
      conditionOf(alike),
      alike.map(({ reader }) => questionOf(reader, now)),
    )
    for (const [index, { reader, block }] of alike.entries())
      if (!verdicts[index]?.passes) hidden.set(reader.id, { ...hidden.get(reader.id), [block]: true })
  }
  return hidden
}

const conditionOf = ([first]: readonly { condition: Condition }[]): Condition => first?.condition ?? { all: [] }

/** A block's condition asks nothing about the entry (its schema sees to that), so that any moment will do for it. */
const questionOf = ({ shopId, profileId, subject, firstDueAt }: Reader, now: Date) => ({
  shopId,
  profileId,
  subject,
  asOf: now,
  enteredAt: firstDueAt,
})
