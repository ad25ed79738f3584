// A picture for every product, drawn from its id: pleasant, always the same, and nobody's copyright.
import { createHash } from 'node:crypto'
import type { Product } from '#sandbox/store/model.ts'
import { escapeHtml } from '../html.ts'

const size = 600

/** An SVG with two related colours, a few soft shapes and the product's title. */
export function productPicture(product: Product): string {
  const bytes = createHash('sha256').update(product.id).digest()
  const byte = (index: number) => bytes[index % bytes.length]!
  const hue = Math.round((byte(0) / 256) * 360)
  const second = (hue + 30 + (byte(1) % 60)) % 360
  const shapes = [0, 1, 2].map((index) =>
    shape(byte, index, `hsl(${(second + index * 18) % 360} 70% ${72 + index * 6}%)`),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img">
<title>${escapeHtml(product.title)}</title>
<defs><linearGradient id="ground" x2="1" y2="1"><stop stop-color="hsl(${hue} 55% 88%)"/><stop offset="1" stop-color="hsl(${second} 60% 76%)"/></linearGradient></defs>
<rect width="${size}" height="${size}" fill="url(#ground)"/>
${shapes.join('\n')}
<g font-family="Georgia, serif" font-size="44" text-anchor="middle" fill="hsl(${hue} 45% 22%)">
${titleLines(product.title)}
</g>
</svg>`
}

function shape(byte: (index: number) => number, index: number, colour: string): string {
  const at = 4 + index * 4
  const x = 80 + (byte(at) / 256) * 440
  const y = 80 + (byte(at + 1) / 256) * 440
  const radius = 60 + (byte(at + 2) / 256) * 150
  if (byte(at + 3) % 2 === 0) return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}" opacity=".55"/>`
  const corner = `x="${x - radius}" y="${y - radius}" width="${radius * 2}" height="${radius * 2}" rx="${radius / 3}"`
  return `<rect ${corner} fill="${colour}" opacity=".5" transform="rotate(${byte(at) % 90} ${x} ${y})"/>`
}

function titleLines(title: string): string {
  const lines: string[] = []
  for (const word of capitalised(title).split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < 20) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  const shown = lines.slice(0, 5)
  const top = size / 2 - ((shown.length - 1) * 54) / 2 + 15
  return shown
    .map((line, index) => `<text x="${size / 2}" y="${top + index * 54}">${escapeHtml(line)}</text>`)
    .join('\n')
}

function capitalised(title: string): string {
  return title === title.toUpperCase() ? title.charAt(0) + title.slice(1).toLowerCase() : title
}
