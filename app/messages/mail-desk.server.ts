// What the editor does with a mail that is being written: look at it, get it ready to be kept, send it to oneself.
import { z } from 'zod'
import type { ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'
import { type Brand, defaultBrand } from '#app/shops/brand.ts'
import { readShopSettings } from '#app/shops/settings.ts'
import type { Sender } from './candidates.server.ts'
import type { MailSubject } from './design/block-kind.ts'
import type { Finding } from './design/checks/check.ts'
import { checkMail } from './design/checks/registry.ts'
import { type MailContent, sourceOf } from './design/mail-content.ts'
import type { MailSender } from './mail-sender.server.ts'
import { compileApart } from './rendering/compile-apart.server.ts'
import { compileTemplate } from './rendering/compile-template.server.ts'
import { type FilledApart, fillApart } from './rendering/fill-apart.server.ts'
import { oneLine } from './rendering/plain-line.ts'
import { renderMessage } from './rendering/render-message.ts'
import { sampleVariables } from './rendering/sample-variables.ts'
import type { CompiledTemplate } from './rendering/template.ts'
import type { TemplateVariables } from './rendering/variables.ts'
import { senderKey } from './sender-key.server.ts'
import { type PreparedTemplate, prepareTemplate } from './template-store.server.ts'

/** A mail in the works. */
export interface Written {
  content: MailContent
  brand: Brand
  about: MailSubject
}

export interface Look {
  mail: { subject: string; html: string; text: string } | null
  /** Why there is nothing to see. */
  error: string | null
  findings: Finding[]
  /** The parts behind the blocks, for those who want to see them. */
  mjml: string
  text: string
}

export interface TestMail {
  sender: Sender
  publicId: string
  to: string
  mail: { subject: string; html: string; text: string }
}

export interface MailDesk {
  look(written: Written, variables: TemplateVariables): Promise<Look>
  prepare(written: Written): Promise<PreparedTemplate>
  /** Counted nowhere: SendGrid's news of it name no message. */
  sendTest(test: TestMail): Promise<{ ok: true } | { ok: false; reason: string }>
}

export interface MailDeskDeps {
  sender: MailSender
  secrets: Secrets
  defaultApiKey: string | null
}

export function createMailDesk(deps: MailDeskDeps): MailDesk {
  return {
    async look(written, variables) {
      const { content, brand, about } = written
      const source = sourceOf(content, brand)
      const design = content.kind === 'blocks' ? content.design : null
      const { mjml, text } = source
      // What blocks become is bounded; whoever writes MJML may write anything.
      const compiled = await (design ? compileTemplate(source) : compileApart(source))
      const check = (filled: Look['mail']) => checkMail({ source, design, brand, about, filled })
      if (!compiled.ok) return { mail: null, error: compiled.error, findings: check(null), mjml, text }
      const [sample, mail] = await Promise.all([
        filledSafely(compiled.compiled, sampleVariables),
        filledSafely(compiled.compiled, variables),
      ])
      const findings = check(sample.ok ? sample : null)
      return mail.ok
        ? { mail, error: null, findings, mjml, text }
        : { mail: null, error: mail.error, findings, mjml, text }
    },
    prepare: ({ content, brand }) => prepareTemplate(sourceOf(content, brand)),
    async sendTest({ sender, publicId, to, mail }) {
      const key = senderKey(deps, sender)
      if (!key.ok) return key
      const answer = await deps.sender.send(key.apiKey, {
        from: { email: sender.fromEmail, name: oneLine(sender.fromName, 100) },
        replyTo: sender.replyTo,
        to,
        subject: `[Test] ${mail.subject}`,
        html: mail.html,
        text: mail.text,
        headers: {},
        customArgs: { tenant: publicId, test: 'true' },
      })
      return answer.kind === 'accepted' ? { ok: true } : { ok: false, reason: answer.reason }
    },
  }
}

/**
 * Here when its time and memory are bounded by its length, else in a process of its own: a loop is what makes a short
 * template cost much.
 */
async function filledSafely(template: CompiledTemplate, variables: TemplateVariables): Promise<FilledApart> {
  if (hasOwnLoops(template)) return fillApart(template, variables)
  const message = renderMessage(template, variables, { utm: { campaign: 'preview', content: 'preview' } })
  return message.ok ? message : { ok: false, error: message.detail }
}

function hasOwnLoops({ subject, html, text }: CompiledTemplate): boolean {
  const tags = [...`${subject}${html}${text}`.matchAll(/\{%-?\s*(?!(?:end)?(?:if|unless)\b|els)(\w*)\s*([^%]*)/g)]
  return tags.some(([, tag, rest]) => !isOwnLoop(tag ?? '', rest ?? ''))
}

/** The loop over a purchase's first products, as the block of items writes it. */
const isOwnLoop = (tag: string, rest: string) =>
  tag === 'endfor' || (tag === 'for' && /^item in (checkout|cart|order)\.items limit: \d{1,2}\s*-?$/.test(rest.trim()))

const senderSchema = z.object({
  public_id: z.string(),
  email: z.string().nullable(),
  settings: z.unknown(),
  from_email: z.string().nullable(),
  from_name: z.string().nullable(),
  reply_to: z.string().nullable(),
  postal_address: z.string().nullable(),
  sendgrid_key: z.instanceof(Uint8Array).nullable(),
})

export interface MailShop {
  publicId: string
  email: string | null
  brand: Brand
  sender: Sender | null
}

/** Who a shop's mails come from, and how they look. */
export async function readMailShop(tx: Tx, shopId: ShopId): Promise<MailShop> {
  const [row] = await tx.rows(
    `select s.public_id, s.email, s.settings, d.from_email, d.from_name, d.reply_to, d.postal_address, d.sendgrid_key
     from shop s left join sender d on d.shop_id = s.id where s.id = $1`,
    [shopId],
  )
  const read = senderSchema.parse(row)
  const { from_email, from_name, reply_to, postal_address, sendgrid_key } = read
  return {
    publicId: read.public_id,
    email: read.email,
    brand: readShopSettings(read.settings).brand ?? defaultBrand,
    sender:
      from_email === null
        ? null
        : {
            fromEmail: from_email,
            fromName: from_name ?? '',
            replyTo: reply_to,
            postalAddress: postal_address ?? '',
            sendgridKey: sendgrid_key,
          },
  }
}
