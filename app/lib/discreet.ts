// Says what went wrong without saying whose data it went wrong with: for logs, error columns and whoever reads them.

const address = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu
/** Shopify's access tokens, SendGrid's keys, JSON web tokens, and whatever follows the word "Bearer". */
const credential =
  /\bshp[a-z]{2,3}_\w{8,}|\bSG\.[\w-]{8,}(?:\.[\w-]+)?|\beyJ[\w-]{8,}(?:\.[\w-]+){1,2}|\bBearer [\w.~+/-]{8,}/g

/** `text` with every e-mail address and credential in it struck out. */
export function withoutSecrets(text: string): string {
  const discreet = text.includes('@') ? text.replace(address, '[address]') : text
  return discreet.replace(credential, '[credential]')
}

/** One line about any error. PostgreSQL and JSON.parse quote the data that they refuse; then its kind must do. */
export function errorInWords(error: unknown): string {
  if (!(error instanceof Error)) return withoutSecrets(String(error))
  if (error instanceof SyntaxError) return 'SyntaxError: not readable'
  const { code, routine, constraint } = databaseFieldsOf(error)
  if (routine === undefined || !/^2[23]/.test(code ?? '')) return withoutSecrets(error.message)
  return `database error ${code} (${constraint ?? routine})`
}

/** What a log keeps of an error: its kind, its words and where it happened, and the same of its causes. */
export function discreetError(error: Error, depth = 0): Record<string, unknown> {
  const { code, table, column, constraint, routine } = databaseFieldsOf(error)
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    message: errorInWords(error),
    stack: frames.slice(0, 12).join('\n'),
    ...Object.fromEntries(
      Object.entries({ code, table, column, constraint, routine }).filter(([, value]) => value !== undefined),
    ),
    ...(error.cause instanceof Error && depth < 3 && { cause: discreetError(error.cause, depth + 1) }),
  }
}

type DatabaseFields = Partial<Record<'code' | 'table' | 'column' | 'constraint' | 'routine', string>>

/** The fields of an error of PostgreSQL's that name no data; `detail`, `where` and `hint` may. */
function databaseFieldsOf(error: Error): DatabaseFields {
  const field = (name: string) => {
    const value: unknown = Reflect.get(error, name)
    return typeof value === 'string' ? value : undefined
  }
  return {
    code: field('code'),
    table: field('table'),
    column: field('column'),
    constraint: field('constraint'),
    routine: field('routine'),
  }
}
