// Reads JSON from outside without harm: whole numbers beyond 2^53 stay text, and every text is one PostgreSQL can keep.
import { UnreadablePayloadError } from '#app/events/unreadable-payload.ts'

/** Whole numbers of 16 digits and more may lie beyond 2^53, where JSON.parse changes them. */
const longInteger = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g
const mayHoldLongInteger = /[[:,\s]-?\d{16}/
/** NUL, which PostgreSQL refuses in text, and surrogates, which may be halves. */
const dangerousEscape = /\\u(?:0000|[dD][89a-fA-F])/

/** The value of `text`. @throws UnreadablePayloadError when it isn't JSON */
export function readJson(text: string): unknown {
  // The common payload has neither, and is read as fast as JSON.parse can.
  const exact = mayHoldLongInteger.test(text) ? quoteLongIntegers(text) : text
  try {
    return dangerousEscape.test(text) ? JSON.parse(exact, (_, value) => storableText(value)) : JSON.parse(exact)
  } catch (cause) {
    // Nesting that exhausts the stack is a RangeError, and as unreadable as a syntax error.
    if (cause instanceof SyntaxError || cause instanceof RangeError)
      throw new UnreadablePayloadError('not JSON', { cause })
    throw cause
  }
}

/** Walks from string to string, because digits inside one are left alone. */
function quoteLongIntegers(json: string): string {
  let exact = ''
  for (let at = 0; at < json.length; ) {
    const opening = json.indexOf('"', at)
    const between = opening === -1 ? json.slice(at) : json.slice(at, opening)
    exact += between.length < 16 ? between : between.replace(longInteger, '"$&"')
    if (opening === -1) break
    at = endOfString(json, opening)
    exact += json.slice(opening, at)
  }
  return exact
}

function endOfString(json: string, opening: number) {
  for (let closing = json.indexOf('"', opening + 1); closing !== -1; closing = json.indexOf('"', closing + 1)) {
    let backslashes = 0
    while (json[closing - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return closing + 1
  }
  return json.length
}

function storableText(value: unknown) {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value
}
