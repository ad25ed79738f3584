// A block with a condition is seen by those of whom it is true as the mail goes out, and by nobody else.
import { expect, test } from 'vitest'
import { compileTemplate } from '#app/messages/rendering/compile-template.server.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { defaultBrand } from '#app/shops/brand.ts'
import { buildMessages, buildSendingShop, start } from '#tests/builders/messages.ts'
import { createTestDatabase } from '#tests/database.ts'
import { designSource } from './design/design-source.ts'
import { mailDesignSchema } from './design/mail-design.ts'
import { newDesign } from './design/new-design.ts'
import { hiddenBlocks } from './hidden-blocks.server.ts'
import { templateKey } from './template-store.server.ts'

const db = await createTestDatabase()
const letter = newDesign({ subject: 'Hi', previewText: '', about: 'checkout', blocks: [{ kind: 'divider' }] })
const forSome = (showIf: unknown) =>
  mailDesignSchema.safeParse({
    ...letter,
    blocks: letter.blocks.map((block) => (block.id === 'b2' ? { ...block, showIf } : block)),
  })

test('a block is hidden from whom its condition is not true of, person by person', async () => {
  const template = await compiled(forSome({ kind: 'consent', is: 'subscribed' }).data!)
  const shop = await buildSendingShop(db, { template })
  const messages = await buildMessages(db, shop, [{}, { profile: { consent: 'unsubscribed' } }])
  const readers = messages.map((message) => ({
    ...message,
    subject: `checkout:${message.checkoutToken}` as const,
    templateId: shop.templateId,
    firstDueAt: start,
  }))
  const templates = new Map([[templateKey(shop.shopId, shop.templateId), template]])
  const hidden = await withSystem(db, (tx) => hiddenBlocks(tx, readers, templates, start))
  expect(messages.map(({ id }) => hidden.get(id) ?? {})).toEqual([{}, { b2: true }])
})

test('a condition that can’t be read is refused at its block', () => {
  expect(forSome({ kind: 'nonesuch' }).error?.issues[0]?.path.slice(0, 3)).toEqual(['blocks', 1, 'showIf'])
})

async function compiled(design: typeof letter) {
  const result = await compileTemplate(designSource(design, defaultBrand))
  if (!result.ok) throw new Error(result.error)
  return result.compiled
}
