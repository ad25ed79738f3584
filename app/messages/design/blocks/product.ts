// One product of the shop, in the author's words: picture, name, a few words, the way to it.
// Without its price: that may have changed by the time the mail is read.
import { z } from 'zod'
import { type BlockKind, commonFields } from '#app/messages/design/block-kind.ts'

const schema = z.strictObject({
  ...commonFields,
  kind: z.literal('product'),
  title: z.string().max(300),
  note: z.string().max(1_000).default(''),
  src: z.string().max(2_000).default(''),
  url: z.string().max(2_000),
  label: z.string().max(200),
})
type Product = z.output<typeof schema>

export const product: BlockKind<Product> & { schema: typeof schema } = {
  schema,
  zone: 'content',
  fields: {
    title: { type: 'line' },
    note: { type: 'line' },
    src: { type: 'image' },
    url: { type: 'url' },
    label: { type: 'line' },
  },
  blank: () => ({
    kind: 'product',
    title: 'A product',
    note: '',
    src: '',
    url: '{{ shop.url }}',
    label: 'Have a look',
  }),
  mjml({ title, note, src, url, label }, look) {
    const href = look.attribute(url)
    const { ink, muted } = look.palette
    const picture = src.trim()
      ? `<mj-image src="${look.attribute(src)}" alt="${look.attribute(title)}" href="${href}" border-radius="${look.corners}px" padding="0 32px 12px" />\n`
      : ''
    const quiet = note.trim()
      ? `<br /><span class="muted" style="color:${muted};font-size:14px">${look.line(note)}</span>`
      : ''
    const link = label.trim() ? `<br /><a href="${href}" style="${look.linkStyle}">${look.line(label)}</a>` : ''
    return `${picture}<mj-text css-class="ink" color="${ink}" padding="0 32px 20px"><strong>${look.line(title)}</strong>${quiet}${link}</mj-text>`
  },
  text: ({ title, note, url }, plain) =>
    [plain.line(title), plain.line(note), plain.bare(url)].filter((line) => line.trim() !== '').join('\n'),
}
