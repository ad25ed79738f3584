// The name of a step inside its flow: short, and safe in addresses and reports.
import { z } from 'zod'

export const stepIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'a step id has up to 60 small letters, digits and hyphens')
  .refine((id) => !(id in Object.prototype), 'this word is taken, choose another id')
  .meta({ widget: 'step' })
