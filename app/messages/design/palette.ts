// The colours of a mail by light and by dark, made from the shop's brand.
import type { Brand, FontKey } from '#app/shops/brand.ts'
import { contrast, mixed } from './colour.ts'

export interface Palette {
  page: string
  card: string
  ink: string
  muted: string
  line: string
  tile: string
  button: string
  buttonInk: string
}

/** By light: the brand's own colours, and the two between that lines and empty pictures need. */
export function lightPalette({ page, card, ink, muted, button, buttonInk }: Brand): Palette {
  return { page, card, ink, muted, line: mixed(card, ink, 0.11), tile: mixed(card, ink, 0.08), button, buttonInk }
}

/** By dark: Tern's grounds and inks; the brand's button where it stands out from them and its label can be read. */
export function darkPalette({ button, buttonInk }: Brand): Palette {
  const keepsButton = contrast(button, nightPalette.card) >= 3 && contrast(button, buttonInk) >= 4.5
  return keepsButton ? { ...nightPalette, button, buttonInk } : nightPalette
}

// Neither pure white nor pure black: mail programs that turn colours around leave these in peace.
const nightPalette: Palette = {
  page: '#171615',
  card: '#22211f',
  ink: '#ede9e2',
  muted: '#aea79c',
  line: '#3a3733',
  tile: '#34312d',
  button: '#e6e0d4',
  buttonInk: '#21201d',
}

// Fonts that the reader's device has: nothing to fetch, and the mail looks at home.
export const fontStacks: Record<FontKey, string> = {
  sans: "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif",
  serif: "Georgia, 'Times New Roman', serif",
  rounded: "'Trebuchet MS', 'Lucida Grande', Verdana, sans-serif",
  mono: "Consolas, Menlo, 'Courier New', monospace",
}
