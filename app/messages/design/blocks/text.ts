// Running text, or a note in small, quieter type.
import { z } from 'zod'
import { type BlockKind, commonFields } from '#app/messages/design/block-kind.ts'

const schema = z.strictObject({
  ...commonFields,
  kind: z.literal('text'),
  text: z.string().max(10_000),
  tone: z.enum(['normal', 'quiet']).default('normal'),
  align: z.enum(['left', 'center']).default('left'),
})
type Text = z.output<typeof schema>

export const text: BlockKind<Text> & { schema: typeof schema } = {
  schema,
  zone: 'content',
  fields: {
    text: { type: 'text' },
    tone: { type: 'choice', options: ['normal', 'quiet'] },
    align: { type: 'choice', options: ['left', 'center'] },
  },
  blank: () => ({ kind: 'text', text: 'Write what you have to say.', tone: 'normal', align: 'left' }),
  mjml({ text, tone, align }, look) {
    const content = look.paragraphs(text)
    if (tone === 'normal') return `<mj-text css-class="ink" align="${align}" padding="0 32px 16px">${content}</mj-text>`
    return `<mj-text css-class="muted" color="${look.palette.muted}" align="${align}" font-size="14px" padding="8px 32px 0">${content}</mj-text>`
  },
  text: ({ text }, plain) => plain.line(text),
}
