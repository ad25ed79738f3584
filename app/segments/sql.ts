// SQL put together from fragments: what a merchant chose is always a parameter, never part of the text.

type Parameter = string | number | boolean | Date | null | readonly string[]

/** A piece of SQL with its parameters, numbered only when the whole statement is put together. */
export interface Sql {
  /** The text around the parameters: one more than there are parameters. */
  readonly texts: readonly string[]
  readonly parameters: readonly Parameter[]
}

/** A fragment from a template: fragments in it are spliced in, everything else becomes a parameter. */
export function sql(strings: TemplateStringsArray, ...parts: (Parameter | Sql)[]): Sql {
  const texts = [strings[0]!]
  const parameters: Parameter[] = []
  parts.forEach((part, index) => {
    const after = strings[index + 1]!
    if (isSql(part)) {
      texts[texts.length - 1] += part.texts[0]!
      texts.push(...part.texts.slice(1))
      parameters.push(...part.parameters)
      texts[texts.length - 1] += after
    } else {
      parameters.push(part)
      texts.push(after)
    }
  })
  return { texts, parameters }
}

/** Text as it stands. Only for names that the code itself made up. */
export const verbatim = (text: string): Sql => ({ texts: [text], parameters: [] })

/** The fragments with `separator` between them. */
export function join(fragments: readonly Sql[], separator: string): Sql {
  return fragments.reduce<Sql>(
    (joined, fragment, index) => sql`${joined}${verbatim(index === 0 ? '' : separator)}${fragment}`,
    verbatim(''),
  )
}

export interface Statement {
  readonly text: string
  /** The values of the parameters from `$firstParameter` on. */
  readonly values: readonly Parameter[]
}

/** The finished text, with parameters numbered from `firstParameter`: those before it belong to the caller. */
export function toStatement(fragment: Sql, firstParameter: number): Statement {
  const text = fragment.texts.reduce((built, next, index) => `${built}$${firstParameter + index - 1}${next}`)
  return { text, values: fragment.parameters }
}

function isSql(part: Parameter | Sql): part is Sql {
  return typeof part === 'object' && part !== null && 'texts' in part
}
