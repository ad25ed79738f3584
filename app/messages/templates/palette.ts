// The colours of Tern's mails by light and by dark; the contrast of each pair that carries text is tested.

export type Palette = {
  page: string
  card: string
  ink: string
  muted: string
  line: string
  tile: string
  button: string
  buttonInk: string
}

// Neither pure white nor pure black: mail programs that turn colours around leave these in peace.
export const lightPalette: Palette = {
  page: '#f4f2ee',
  card: '#fffefb',
  ink: '#26241f',
  muted: '#68635a',
  line: '#e7e2d9',
  tile: '#eeeae2',
  button: '#2c3a34',
  buttonInk: '#fdfbf7',
}

export const darkPalette: Palette = {
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
export const SANS = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
export const SERIF = "Georgia, 'Times New Roman', serif"
