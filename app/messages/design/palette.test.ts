// Every text of a mail can be read, by light and by dark.
import { expect, test } from 'vitest'
import { defaultBrand } from '#app/shops/brand.ts'
import { contrast } from './colour.ts'
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
  ['light', lightPalette(defaultBrand)],
  ['dark', darkPalette(defaultBrand)],
])('in %s mode each text stands out from its ground by WCAG AA', (_mode, palette) => {
  for (const [text, ground] of textPairs) {
    expect(contrast(palette[text], palette[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  }
})

test('no colour is pure black or white, which some mail programs turn around', () => {
  for (const colour of [...Object.values(lightPalette(defaultBrand)), ...Object.values(darkPalette(defaultBrand))]) {
    expect(colour).not.toMatch(/^#(000000|ffffff)$/)
  }
})

test('a brand’s button stays by dark when it stands out there, and gives way when it would not', () => {
  const bright = { ...defaultBrand, button: '#ffb000', buttonInk: '#21201d' }
  expect(darkPalette(bright)).toMatchObject({ button: '#ffb000', buttonInk: '#21201d' })
  expect(darkPalette(defaultBrand).button).not.toBe(defaultBrand.button)
})
