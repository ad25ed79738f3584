// A block that stands in many mails and is edited in one place. A mail is given its words when it is saved.
import { z } from 'zod'
import { type BlockKind, commonFields } from '#app/messages/design/block-kind.ts'
import { contentKindOf } from './content-kind-of.ts'
import { contentBlockSchema } from './content-registry.ts'

const schema = z.strictObject({
  ...commonFields,
  kind: z.literal('saved'),
  savedId: z.int().min(1),
  name: z.string().max(100),
  /** As it stood when the mail was saved last. */
  block: contentBlockSchema,
})
type Saved = z.output<typeof schema>

export const saved: BlockKind<Saved> & { schema: typeof schema } = {
  schema,
  zone: 'content',
  fields: { block: { type: 'own' } },
  blank: () => ({
    kind: 'saved',
    savedId: 1,
    name: '',
    block: { id: 'b0', showIf: null, kind: 'divider' },
  }),
  mjml: ({ block }, look) => contentKindOf(block).mjml(block, look),
  text: ({ block }, plain) => contentKindOf(block).text(block, plain),
}
