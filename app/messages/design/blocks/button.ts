// The thing to do in this mail.
import { z } from 'zod'
import { type BlockKind, commonFields, type MailSubject } from '#app/messages/design/block-kind.ts'

const schema = z.strictObject({
  ...commonFields,
  kind: z.literal('button'),
  label: z.string().max(200),
  url: z.string().max(2_000),
  align: z.enum(['left', 'center']).default('left'),
})
type Button = z.output<typeof schema>

export const button: BlockKind<Button> & { schema: typeof schema } = {
  schema,
  zone: 'content',
  fields: {
    label: { type: 'line' },
    url: { type: 'url' },
    align: { type: 'choice', options: ['left', 'center'] },
  },
  blank: (about) => ({ kind: 'button', ...firstButton[about], align: 'left' }),
  // A coloured table cell around a link, so Outlook shows it too.
  mjml({ label, url, align }, look) {
    const { button: fill, buttonInk } = look.palette
    const radius = Math.max(0, look.corners - 2)
    return `<mj-button css-class="button" href="${look.attribute(url)}" align="${align}" background-color="${fill}" color="${buttonInk}" border-radius="${radius}px" font-size="16px" font-weight="600" inner-padding="15px 28px" padding="12px 32px 8px">${look.line(label)}</mj-button>`
  },
  text: ({ label, url }, plain) => `${plain.line(label)}:\n${plain.address(url)}`,
}

const firstButton: Record<MailSubject, { label: string; url: string }> = {
  checkout: { label: 'Back to your checkout', url: '{{ checkout.url }}' },
  cart: { label: 'See your cart', url: '{{ cart.url }}' },
  order: { label: 'Visit the shop', url: '{{ shop.url }}' },
  profile: { label: 'Visit the shop', url: '{{ shop.url }}' },
}
