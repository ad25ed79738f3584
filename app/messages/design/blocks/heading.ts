// A headline.
import { z } from 'zod'
import { type BlockKind, commonFields } from '#app/messages/design/block-kind.ts'

const schema = z.strictObject({
  ...commonFields,
  kind: z.literal('heading'),
  text: z.string().max(300),
  size: z.enum(['large', 'medium']).default('large'),
  align: z.enum(['left', 'center']).default('left'),
})
type Heading = z.output<typeof schema>

export const heading: BlockKind<Heading> & { schema: typeof schema } = {
  schema,
  zone: 'content',
  fields: {
    text: { type: 'line' },
    size: { type: 'choice', options: ['large', 'medium'] },
    align: { type: 'choice', options: ['left', 'center'] },
  },
  blank: () => ({ kind: 'heading', text: 'A headline', size: 'large', align: 'left' }),
  mjml({ text, size, align }, look) {
    const [tag, px] = size === 'large' ? ['h1', 28] : ['h2', 20]
    const style = `margin:0;font-family:${look.headingFont};font-size:${px}px;line-height:1.25;font-weight:normal`
    return `<mj-text css-class="ink" align="${align}" padding="0 32px 20px">
<${tag} style="${style}">${look.line(text)}</${tag}>
</mj-text>`
  },
  text: ({ text }, plain) => plain.line(text),
}
