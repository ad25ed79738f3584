// Judges the body of POST /v3/mail/send: against the published schema, then against the rules it leaves out.
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { MailBody } from './mail-body.ts'
import { brokenRules } from './mail-rules.ts'
import type { ApiError } from './model.ts'
import spec from './spec/mail-send.json' with { type: 'json' }

export type MailBodyVerdict = { ok: true; body: MailBody } | { ok: false; errors: ApiError[] }

const matchesSchema = compileSchema()

/** Judges a parsed request body as SendGrid would at `now`. */
export function checkMailBody(body: unknown, now: Date): MailBodyVerdict {
  if (!matchesSchema(body)) return { ok: false, errors: (matchesSchema.errors ?? []).map(apiError) }
  const errors = brokenRules(body, now)
  return errors.length > 0 ? { ok: false, errors } : { ok: true, body }
}

function compileSchema() {
  const published = structuredClone(spec)
  const schema = published.components.requestBodies.PostMailSend.content['application/json'].schema
  // Whether text is empty is left to the rules: for a length, Ajv walks through every character of a mail.
  const contentPart = { ...schema.properties.content.items, properties: textProperties('type', 'value') }
  const strict = {
    ...schema,
    additionalProperties: false,
    properties: {
      ...schema.properties,
      personalizations: {
        ...schema.properties.personalizations,
        minItems: 1,
        items: { ...schema.properties.personalizations.items, additionalProperties: false },
      },
      content: { ...schema.properties.content, items: contentPart },
      // The document says "string"; the API answers "Expected: object, given: string".
      custom_args: { type: 'object' },
    },
  }
  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true })
  addFormats(ajv, ['email'])
  return ajv.compile<MailBody>({ ...strict, components: published.components })
}

function textProperties(...names: string[]) {
  return Object.fromEntries(names.map((name) => [name, { type: 'string' }]))
}

function apiError(error: ErrorObject): ApiError {
  const path = error.instancePath.split('/').slice(1)
  const missing = error.keyword === 'required' ? [String(error.params.missingProperty)] : []
  const field = [...path, ...missing].join('.')
  return { message: messageFor(error, field), field: field || null, help: helpFor(field) }
}

function messageFor(error: ErrorObject, field: string): string {
  const lastName = field.split('.').at(-1)
  if (error.keyword === 'type') return `Invalid type. Expected: ${error.params.type}, given: ${jsonType(error.data)}.`
  if (error.keyword === 'additionalProperties') {
    return `Additional property ${error.params.additionalProperty} is not allowed`
  }
  if (field === 'personalizations') return 'You must have at least one personalization.'
  if (error.keyword === 'format') {
    return field.startsWith('from')
      ? 'The from email does not contain a valid address.'
      : 'Does not contain a valid address.'
  }
  if (error.keyword === 'required') return `The ${lastName} parameter is required.`
  return `The ${lastName} parameter ${error.message ?? 'is not valid'}.`
}

function helpFor(field: string): string {
  const topic = field.split('.')[0] || 'general'
  return `http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html#message.${topic}`
}

function jsonType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}
