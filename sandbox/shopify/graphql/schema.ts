// The Admin API's schema, built once from Shopify's own introspection result.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import {
  buildClientSchema,
  type DocumentNode,
  GraphQLError as Failure,
  type GraphQLError,
  type GraphQLSchema,
  type IntrospectionQuery,
  parse,
  validate,
} from 'graphql'

export const apiVersion = '2026-10'

let built: GraphQLSchema | undefined

/** Building takes about 0.3 s, so it waits for the first operation. */
export function adminSchema(): GraphQLSchema {
  if (!built) {
    const file = new URL(`../schema/admin-schema-${apiVersion}.json.gz`, import.meta.url)
    const { data }: { data: IntrospectionQuery } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'))
    built = buildClientSchema(data, { assumeValid: true })
  }
  return built
}

type Checked = { document: DocumentNode } | { errors: readonly GraphQLError[] }

const checkedDocuments = new Map<string, Checked>()

/** Parses and validates an operation; the answer is kept, because apps send the same few documents again and again. */
export function checkDocument(source: string): Checked {
  const known = checkedDocuments.get(source)
  if (known) return known
  const checked = check(source)
  if (checkedDocuments.size >= 500) checkedDocuments.clear()
  checkedDocuments.set(source, checked)
  return checked
}

function check(source: string): Checked {
  try {
    const document = parse(source)
    const errors = validate(adminSchema(), document)
    return errors.length > 0 ? { errors } : { document }
  } catch (error) {
    if (error instanceof Failure) return { errors: [error] }
    throw error
  }
}
