// Variables that this mail has no value for: another flow's, or misspelt. The reader would see a gap.
import type { MailSubject } from '#app/messages/design/block-kind.ts'
import { typedTexts } from '#app/messages/design/block-texts.ts'
import { isKnownVariable } from '#app/messages/design/variable-catalogue.ts'
import { liquidFailure } from '#app/messages/rendering/fill.ts'
import { textLiquid } from '#app/messages/rendering/liquid.ts'
import { type Check, wholeMail } from './check.ts'

export const unknownVariables: Check = ({ design, source, about }) => {
  const texts = design
    ? typedTexts(design)
    : [source.subject, source.previewText, source.mjml, source.text].map((text) => ({ ...wholeMail, text }))
  return texts.flatMap(({ block, field, text }) =>
    unknownIn(text, about).map((path) => ({ block, field, advice: 'unknown', level: 'error', values: { path } })),
  )
}

function unknownIn(text: string, about: MailSubject): string[] {
  if (!text.includes('{')) return []
  try {
    const paths = textLiquid.globalFullVariablesSync(text)
    return [...new Set(paths)].filter((path) => !path.startsWith('hidden.') && !isKnownVariable(path, about))
  } catch (error) {
    // What can't be read has no variables; the check of Liquid says so.
    if (liquidFailure(error) === null) throw error
    return []
  }
}
