// The shop's other places, as words: pictures of their signs would have to be fetched, and vanish by dark.
import { z } from 'zod'
import { type BlockKind, commonFields } from '#app/messages/design/block-kind.ts'

export const networks = ['Instagram', 'TikTok', 'Facebook', 'Pinterest', 'YouTube', 'X', 'LinkedIn', 'Threads'] as const

const schema = z.strictObject({
  ...commonFields,
  kind: z.literal('social'),
  links: z.array(z.strictObject({ network: z.enum(networks), url: z.string().max(2_000) })).max(networks.length),
  align: z.enum(['left', 'center']).default('center'),
})
type Social = z.output<typeof schema>

export const social: BlockKind<Social> & { schema: typeof schema } = {
  schema,
  zone: 'content',
  fields: { links: { type: 'own' }, align: { type: 'choice', options: ['left', 'center'] } },
  blank: () => ({ kind: 'social', links: [{ network: 'Instagram', url: '' }], align: 'center' }),
  mjml({ links, align }, look) {
    const words = filled(links).map(
      ({ network, url }) => `<a href="${look.attribute(url)}" style="${look.linkStyle}">${network}</a>`,
    )
    if (words.length === 0) return ''
    return `<mj-text css-class="ink" align="${align}" font-size="14px" padding="8px 32px 16px">${words.join(' &nbsp;·&nbsp; ')}</mj-text>`
  },
  text: ({ links }, plain) =>
    filled(links)
      .map(({ network, url }) => `${network}: ${plain.bare(url)}`)
      .join('\n'),
}

const filled = (links: Social['links']) => links.filter(({ url }) => url.trim() !== '')
