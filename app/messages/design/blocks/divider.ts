// A thin line between two thoughts.
import { z } from 'zod'
import { type BlockKind, commonFields } from '#app/messages/design/block-kind.ts'

const schema = z.strictObject({ ...commonFields, kind: z.literal('divider') })
type Divider = z.output<typeof schema>

export const divider: BlockKind<Divider> & { schema: typeof schema } = {
  schema,
  zone: 'content',
  fields: {},
  blank: () => ({ kind: 'divider' }),
  mjml: (_, { palette }) =>
    `<mj-text padding="8px 32px 24px" font-size="1px" line-height="1px"><div class="line" style="border-top:1px solid ${palette.line};font-size:1px;line-height:1px">&nbsp;</div></mj-text>`,
  text: () => '',
}
