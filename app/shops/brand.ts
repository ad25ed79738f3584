// How a shop's mails look: its colours, its fonts, its logo. Kept with the shop's settings.
import { z } from 'zod'

export const fontKeys = ['sans', 'serif', 'rounded', 'mono'] as const
export type FontKey = (typeof fontKeys)[number]

const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'write a colour as # and six digits, such as #2c3a34')
  .transform((hex) => hex.toLowerCase())

export const brandSchema = z.strictObject({
  /** Behind the mail. */
  page: colour,
  /** Behind the content. */
  card: colour,
  ink: colour,
  /** For notes and the footer. */
  muted: colour,
  button: colour,
  buttonInk: colour,
  headingFont: z.enum(fontKeys),
  bodyFont: z.enum(fontKeys),
  /** Radius in pixels. */
  corners: z.int().min(0).max(28),
  logo: z
    .strictObject({ url: z.url({ protocol: /^https?$/ }).max(2_000), widthPx: z.int().min(40).max(400) })
    .nullable(),
})

export type Brand = z.output<typeof brandSchema>

/** What a shop has before it has chosen: neither pure white nor pure black, which some mail programs turn around. */
export const defaultBrand: Brand = {
  page: '#f4f2ee',
  card: '#fffefb',
  ink: '#26241f',
  muted: '#68635a',
  button: '#2c3a34',
  buttonInk: '#fdfbf7',
  headingFont: 'serif',
  bodyFont: 'sans',
  corners: 12,
  logo: null,
}
