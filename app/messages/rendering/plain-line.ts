// Characters that no shopper types and that can forge a header or turn a line of text around.

/** Drops control characters (but not tab and line feed) and the bidirectional overrides and embeddings. */
export function withoutControls(text: string): string {
  return HARMFUL_TEST.test(text) ? text.replace(HARMFUL, '') : text
}

/** One line without controls, at most `maxLength` characters, as a mail header can carry it. */
export function oneLine(text: string, maxLength: number): string {
  const line = withoutControls(text.replace(/\s+/g, ' ')).trim()
  return line.length > maxLength
    ? `${line
        .slice(0, maxLength - 1)
        .toWellFormed()
        .trimEnd()}…`
    : line
}

const RANGE = '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]'
const HARMFUL_TEST = new RegExp(RANGE)
const HARMFUL = new RegExp(RANGE, 'g')
