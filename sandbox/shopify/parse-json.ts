// JSON from outside, for readers that answer a broken body themselves.

/** The parsed value, or undefined when `text` isn't JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
