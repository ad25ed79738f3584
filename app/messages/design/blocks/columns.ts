// Two or three columns beside each other; on a phone they stand one below the other.
import { z } from 'zod'
import { type BlockKind, commonFields, type MailLook } from '#app/messages/design/block-kind.ts'
import { shownWhen } from '#app/messages/design/shown-when.ts'
import { contentKindOf } from './content-kind-of.ts'
import { type ContentBlock, contentBlockSchema } from './content-registry.ts'

export const maxInColumn = 10

const schema = z.strictObject({
  ...commonFields,
  kind: z.literal('columns'),
  columns: z.array(z.array(contentBlockSchema).max(maxInColumn)).min(2).max(3),
})
type Columns = z.output<typeof schema>

export const columns: BlockKind<Columns> & { schema: typeof schema } = {
  schema,
  zone: 'section',
  fields: { columns: { type: 'own' } },
  blank: () => ({ kind: 'columns', columns: [[], []] }),
  mjml: ({ columns }, look) => `<mj-section padding="0 16px">
${columns.map((blocks) => columnMjml(blocks, look)).join('\n')}
</mj-section>`,
  text: ({ columns }, plain) =>
    columns
      .flat()
      .map((block) => shownWhen(block, contentKindOf(block).text(block, plain), 'text'))
      .filter((text) => text !== '')
      .join('\n\n'),
}

function columnMjml(blocks: readonly ContentBlock[], look: MailLook): string {
  const narrow = blocks.map((block) => {
    // The column's own padding takes the place of the card's.
    const mjml = contentKindOf(block).mjml(block, look).replaceAll(' 32px', ' 16px')
    return shownWhen(block, mjml, 'mjml')
  })
  return `<mj-column>${narrow.join('\n')}</mj-column>`
}
