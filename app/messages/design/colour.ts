// Sums with colours: how well two can be told apart, and what lies between them.

/** Contrast by WCAG 2: from 1 (the same) to 21 (black on white). Text needs 4.5. */
export function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (lighter + 0.05) / (darker + 0.05)
}

/** The colour that lies `share` of the way from `from` to `to`. */
export function mixed(from: string, to: string, share: number): string {
  const target = channels(to)
  return `#${channels(from)
    .map((part, index) => Math.round(part + ((target[index] ?? part) - part) * share))
    .map((part) => part.toString(16).padStart(2, '0'))
    .join('')}`
}

const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
