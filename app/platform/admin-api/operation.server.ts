// An operation of Shopify's Admin API: its document, read from a file, and the schema that its answer is read by.
import { readFileSync } from 'node:fs'
import type { z } from 'zod'

export interface Operation<Answer> {
  name: string
  document: string
  answer: z.ZodType<Answer>
}

/** The operation whose document is `documents/NAME.graphql`. */
export function operation<Answer>(name: string, answer: z.ZodType<Answer>): Operation<Answer> {
  return { name, document: readDocument(name), answer }
}

export function readDocument(name: string): string {
  return readFileSync(new URL(`documents/${name}.graphql`, import.meta.url), 'utf8')
}
