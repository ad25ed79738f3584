// The way out and the postal address, in both parts: without them marketing mail is against the law.
import { missingRequiredContent } from '#app/messages/rendering/required-content.ts'
import { sampleVariables } from '#app/messages/rendering/sample-variables.ts'
import { type Check, wholeMail } from './check.ts'

export const missingRequired: Check = ({ filled }) => {
  const missing = filled && missingRequiredContent(filled, sampleVariables)
  return missing ? [{ ...wholeMail, advice: 'missing', level: 'error', values: { problem: missing } }] : []
}
