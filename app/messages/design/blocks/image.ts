// A picture, perhaps with a link.
import { z } from 'zod'
import { type BlockKind, commonFields } from '#app/messages/design/block-kind.ts'

const schema = z.strictObject({
  ...commonFields,
  kind: z.literal('image'),
  src: z.string().max(2_000),
  /** What the picture shows, for those who can't see it. Empty is right only for a mere ornament. */
  alt: z.string().max(500),
  isOrnament: z.boolean().default(false),
  url: z.string().max(2_000).default(''),
  widthPercent: z.int().min(10).max(100).default(100),
})
type Image = z.output<typeof schema>

export const image: BlockKind<Image> & { schema: typeof schema } = {
  schema,
  zone: 'content',
  fields: {
    src: { type: 'image' },
    alt: { type: 'plain' },
    isOrnament: { type: 'toggle' },
    url: { type: 'url' },
    widthPercent: { type: 'number', min: 10, max: 100, step: 5 },
  },
  blank: () => ({ kind: 'image', src: '', alt: '', isOrnament: false, url: '', widthPercent: 100 }),
  mjml({ src, alt, isOrnament, url, widthPercent }, look) {
    if (src.trim() === '') return ''
    const link = url.trim() === '' ? '' : ` href="${look.attribute(url)}"`
    const width = Math.round((CARD_WIDTH_PX * widthPercent) / 100)
    const words = isOrnament ? '' : look.attribute(alt)
    return `<mj-image src="${look.attribute(src)}" alt="${words}"${link} width="${width}px" border-radius="${look.corners}px" padding="0 32px 20px" />`
  },
  text({ alt, isOrnament, url }, plain) {
    if (url.trim() === '' || isOrnament || alt.trim() === '') return ''
    return `${plain.bare(alt)}:\n${plain.address(url)}`
  },
}

/** The card without its paddings: the widest that a picture gets. */
const CARD_WIDTH_PX = 512
