// The small blocks that mails are put together from; each returns MJML for a column.
import { lightPalette, SERIF } from './palette.ts'

/** The mail's one headline; Liquid and html allowed. */
export function heading(text: string): string {
  return `<mj-text css-class="ink" padding="0 32px 20px">
  <h1 style="margin:0;font-family:${SERIF};font-size:28px;line-height:1.25;font-weight:normal">${text}</h1>
</mj-text>`
}

/** A paragraph; Liquid and html allowed. */
export function paragraph(text: string): string {
  return `<mj-text css-class="ink" padding="0 32px 16px">${text}</mj-text>`
}

/** A paragraph in small, quieter type. */
export function note(text: string): string {
  return `<mj-text css-class="muted" color="${lightPalette.muted}" font-size="14px" padding="8px 32px 0">${text}</mj-text>`
}

/** The one thing to do in this mail. It is a coloured table cell around a link, so Outlook shows it too. */
export function button({ label, url }: { label: string; url: string }): string {
  const { button: fill, buttonInk } = lightPalette
  return `<mj-button css-class="button" href="${url}" align="left" background-color="${fill}" color="${buttonInk}" border-radius="10px" font-size="16px" font-weight="600" inner-padding="15px 28px" padding="12px 32px 8px">${label}</mj-button>`
}

/** "Hello Ada," or, without a name, "Hello,". */
export const greeting = 'Hello{% if profile.first_name != blank %} {{ profile.first_name }}{% endif %},'

/** A link in running text. */
export function textLink(label: string, url: string): string {
  return `<a href="${url}" style="color:${lightPalette.ink};text-decoration:underline">${label}</a>`
}

/** A `mailto:` address to the shop; `subject` is a Liquid expression, such as `'About ' | append: order.name`. */
export function writeToShop(subject: string): string {
  return `mailto:{{ shop.email }}?subject={{ ${subject} | url_encode | replace: '+', '%20' }}`
}
