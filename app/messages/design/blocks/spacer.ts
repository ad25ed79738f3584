// Room between two blocks.
import { z } from 'zod'
import { type BlockKind, commonFields } from '#app/messages/design/block-kind.ts'

const schema = z.strictObject({
  ...commonFields,
  kind: z.literal('spacer'),
  heightPx: z.int().min(4).max(120).default(24),
})
type Spacer = z.output<typeof schema>

export const spacer: BlockKind<Spacer> & { schema: typeof schema } = {
  schema,
  zone: 'content',
  fields: { heightPx: { type: 'number', min: 4, max: 120, step: 4 } },
  blank: () => ({ kind: 'spacer', heightPx: 24 }),
  mjml: ({ heightPx }) => `<mj-spacer height="${heightPx}px" />`,
  text: () => '',
}
