// Gives a shop the flows that Tern brings along, as drafts: nothing is sent before the merchant publishes them.
import { invariant } from '#app/lib/errors.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { designSource } from '#app/messages/design/design-source.ts'
import type { MailDesign } from '#app/messages/design/mail-design.ts'
import { compileTemplate } from '#app/messages/rendering/compile-template.server.ts'
import type { CompiledTemplate, TemplateSource } from '#app/messages/rendering/template.ts'
import { saveTemplate } from '#app/messages/template-store.server.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { defaultBrand } from '#app/shops/brand.ts'
import { readDefinition } from './definition.ts'
import type { Preset } from './presets/preset.ts'
import { presets } from './presets/registry.ts'

/** Adds the presets that the shop does not have. Those that it has are left as they are, whatever became of them. */
export async function installPresets(tx: Tx, shopId: ShopId, now: Date): Promise<void> {
  const known = await tx.rows<{ key: string }>('select key from flow where shop_id = $1', [shopId])
  const missing = Object.entries(presets).filter(([key]) => !known.some((flow) => flow.key === key))
  for (const [key, preset] of missing) await installPreset(tx, shopId, { key, preset, now })
}

async function installPreset(tx: Tx, shopId: ShopId, { key, preset, now }: { key: string; preset: Preset; now: Date }) {
  const definition = await draftOf(tx, shopId, { preset, now })
  await tx.rows(
    `insert into flow (shop_id, key, name, priority, draft, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $6)
     on conflict (shop_id, key) do nothing`,
    [shopId, key, preset.name, preset.priority, JSON.stringify(definition), now],
  )
}

/** What a preset says for this shop. Its mails are saved if they are not. */
export async function draftOf(tx: Tx, shopId: ShopId, { preset, now }: { preset: Preset; now: Date }) {
  const templates: Record<string, string> = {}
  for (const [mail, design] of Object.entries(preset.mails))
    templates[mail] = await saveTemplate(tx, shopId, await preparedOnce(design), now)
  const read = readDefinition(preset.define(templates))
  invariant(read.ok, `the preset ${preset.name} is broken`)
  return read.definition
}

const prepared = new Map<MailDesign, { source: TemplateSource; compiled: CompiledTemplate }>()

/** Tern's own mails are the same for every shop and proved by a test: compiled once per process, and at once. */
async function preparedOnce(design: MailDesign) {
  const known = prepared.get(design)
  if (known) return known
  const source = designSource(design, defaultBrand)
  const result = await compileTemplate(source)
  invariant(result.ok, `the mail "${design.subject}" is broken`)
  const template = { source, compiled: result.compiled }
  prepared.set(design, template)
  return template
}
