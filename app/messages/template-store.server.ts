// Templates as rows that never change: saved only when they compile and are proved, read once and kept.
import { derivedUuid, type ShopId } from '#app/lib/ids.ts'
import { compileApart } from '#app/messages/rendering/compile-apart.server.ts'
import { proveTemplate } from '#app/messages/rendering/prove-template.server.ts'
import { sampleVariables } from '#app/messages/rendering/sample-variables.ts'
import { type CompiledTemplate, compiledTemplateSchema, type TemplateSource } from '#app/messages/rendering/template.ts'
import type { SystemTx, Tx } from '#app/platform/database.server.ts'
import { createTemplateWatch, type TemplateWatch } from './template-watch.ts'

export type PreparedTemplate =
  | { ok: true; source: TemplateSource; compiled: CompiledTemplate }
  | { ok: false; error: string }

/** Compiles and proves a template. Takes half a second and two child processes: do it outside a transaction. */
export async function prepareTemplate(source: TemplateSource): Promise<PreparedTemplate> {
  const result = await compileApart(source)
  if (!result.ok) return result
  const proof = await proveTemplate(result.compiled, sampleVariables)
  return proof.ok ? { ok: true, source, compiled: result.compiled } : proof
}

/** Keeps a prepared template and returns its id; the same words of the same shop are the same template. */
export async function saveTemplate(
  tx: Tx,
  shopId: ShopId,
  template: { source: TemplateSource; compiled: CompiledTemplate },
  now: Date,
): Promise<string> {
  const { subject, previewText, mjml, text, design } = template.source
  // The same words may come of different blocks: a saved one, or its copy.
  const arranged = design ? [JSON.stringify(design)] : []
  const id = derivedUuid('template', shopId, subject, previewText, mjml, text, ...arranged)
  await tx.rows(
    `insert into message_template (shop_id, id, source, compiled, proved_at) values ($1, $2, $3, $4, $5)
     on conflict (shop_id, id) do nothing`,
    [shopId, id, JSON.stringify(template.source), JSON.stringify(template.compiled), now],
  )
  return id
}

export interface TemplateCache {
  /** Which of them are to be left alone for a while. */
  watch: TemplateWatch
  /** The compiled templates of these rows, by `shopId/id`. Unknown ids are missing from the map. */
  load(tx: SystemTx, wanted: readonly { shopId: ShopId; templateId: string }[]): Promise<Map<string, CompiledTemplate>>
}

export const templateKey = (shopId: ShopId, templateId: string) => `${shopId}/${templateId}`

/** Rows never change, so what was read once is right for ever; only the number kept is bounded. */
export function createTemplateCache(maxEntries = 500): TemplateCache {
  const kept = new Map<string, CompiledTemplate>()
  return {
    watch: createTemplateWatch(),
    async load(tx, wanted) {
      const found = new Map<string, CompiledTemplate>()
      const missing = new Map<string, { shopId: ShopId; templateId: string }>()
      for (const entry of wanted) {
        const key = templateKey(entry.shopId, entry.templateId)
        const compiled = kept.get(key)
        if (compiled) found.set(key, compiled)
        else missing.set(key, entry)
      }
      if (missing.size > 0)
        for (const row of await readTemplates(tx, [...missing.values()])) {
          const key = templateKey(row.shop_id, row.id)
          const compiled = compiledTemplateSchema.parse(row.compiled)
          found.set(key, compiled)
          kept.set(key, compiled)
        }
      for (const key of kept.keys()) {
        if (kept.size <= maxEntries) break
        kept.delete(key)
      }
      return found
    },
  }
}

function readTemplates(tx: SystemTx, wanted: { shopId: ShopId; templateId: string }[]) {
  return tx.rows<{ shop_id: ShopId; id: string; compiled: unknown }>(
    `select t.shop_id, t.id, t.compiled from unnest($1::int[], $2::uuid[]) as w (shop_id, id)
     join message_template t on t.shop_id = w.shop_id and t.id = w.id`,
    [wanted.map((entry) => entry.shopId), wanted.map((entry) => entry.templateId)],
  )
}
