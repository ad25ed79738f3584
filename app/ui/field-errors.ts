// What is wrong with a form, field by field, as keys of the catalogue: said in the merchant's language by the page.
import type { z } from 'zod'

export interface FieldError {
  /** A key like "common:field.required"; a schema's own message is a whole key of its page's text. */
  key: string
  values: Record<string, string | number>
}

/** By the field's path, like "quietHours.from" or "items.0.url"; "" is the form as a whole. */
export type FieldErrors = Record<string, FieldError>

export const fieldError = (key: string, values: FieldError['values'] = {}): FieldError => ({ key, values })

/** The first thing that is wrong with each field. */
export function fieldErrorsOf(error: z.ZodError): FieldErrors {
  const errors: FieldErrors = {}
  for (const issue of error.issues) errors[issue.path.map(String).join('.')] ??= errorOf(issue)
  return errors
}

function errorOf(issue: z.core.$ZodIssue): FieldError {
  if (/^[a-z]+:[\w.]+$/i.test(issue.message)) return fieldError(issue.message)
  switch (issue.code) {
    case 'too_small':
      if (issue.origin !== 'string') return fieldError('common:field.atLeast', { minimum: Number(issue.minimum) })
      return issue.minimum === 1
        ? fieldError('common:field.required')
        : fieldError('common:field.tooShort', { minimum: Number(issue.minimum) })
    case 'too_big':
      return issue.origin === 'string'
        ? fieldError('common:field.tooLong', { maximum: Number(issue.maximum) })
        : fieldError('common:field.atMost', { maximum: Number(issue.maximum) })
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) return fieldError('common:field.required')
      if (issue.expected === 'int') return fieldError('common:field.whole')
      return fieldError(issue.expected === 'number' ? 'common:field.number' : 'common:field.invalid')
    case 'invalid_format':
      if (issue.format === 'email') return fieldError('common:field.email')
      return fieldError(issue.format === 'url' ? 'common:field.url' : 'common:field.invalid')
    case 'invalid_value':
    case 'invalid_union':
      return fieldError('common:field.choice')
    default:
      return fieldError('common:field.invalid')
  }
}
