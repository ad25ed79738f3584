// Liquid that can't be read, with its line. In a block the mistake would be shown to the reader as it was typed.
import { typedTexts } from '#app/messages/design/block-texts.ts'
import { liquidProblem } from '#app/messages/design/liquid-field.ts'
import type { Check } from './check.ts'

export const liquidMistakes: Check = ({ design }) =>
  (design ? typedTexts(design) : []).flatMap(({ block, field, type, text }) => {
    const problem = liquidProblem(
      text,
      type === 'url' || type === 'plain' || type === 'image' ? 'attribute' : 'running',
    )
    return problem === null ? [] : [{ block, field, advice: 'mistake', level: 'error', values: { problem } }]
  })
