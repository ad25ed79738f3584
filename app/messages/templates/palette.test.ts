// Every text of a mail can be read, by light and by dark.
import { expect, test } from 'vitest'
import { darkPalette, lightPalette, type Palette } from './palette.ts'

const textPairs: [text: keyof Palette, ground: keyof Palette][] = [
  ['ink', 'page'],
  ['ink', 'card'],
  ['ink', 'tile'],
  ['muted', 'page'],
  ['muted', 'card'],
  ['buttonInk', 'button'],
]

test.each([
  ['light', lightPalette],
  ['dark', darkPalette],
])('in %s mode each text stands out from its ground by WCAG AA', (_mode, palette) => {
  for (const [text, ground] of textPairs) {
    expect(contrast(palette[text], palette[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  }
})

test('no colour is pure black or white, which some mail programs turn around', () => {
  for (const colour of [...Object.values(lightPalette), ...Object.values(darkPalette)]) {
    expect(colour).not.toMatch(/^#(000000|ffffff)$/)
  }
})

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (lighter + 0.05) / (darker + 0.05)
}

// Relative luminance as WCAG 2 defines it.
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
