// Words that hardly differ from their ground are hard to read. WCAG AA asks for 4.5 to 1.
import { contrast } from '#app/messages/design/colour.ts'
import { darkPalette, lightPalette, type Palette } from '#app/messages/design/palette.ts'
import type { Check } from './check.ts'

const least = 4.5
const pairs: readonly [words: keyof Palette, ground: keyof Palette][] = [
  ['ink', 'card'],
  ['ink', 'page'],
  ['muted', 'card'],
  ['muted', 'page'],
  ['buttonInk', 'button'],
]

export const weakContrast: Check = ({ design, brand }) => {
  if (!design) return []
  const style = design.style ?? brand
  const palettes = [
    ['light', lightPalette(style)],
    ['dark', darkPalette(style)],
  ] as const
  return palettes.flatMap(([mode, palette]) =>
    pairs
      .filter(([words, ground]) => contrast(palette[words], palette[ground]) < least)
      .map(([words, ground]) => ({
        advice: `${words}On${ground === 'card' ? 'Card' : ground === 'page' ? 'Page' : 'Button'}`,
        level: 'warning' as const,
        block: null,
        field: 'style',
        values: { mode, ratio: Math.floor(contrast(palette[words], palette[ground]) * 10) / 10 },
      })),
  )
}
