// The form of the settings page: texts as they are typed, and what they mean once they are checked.
import { z } from 'zod'

export interface SettingsForm {
  fromName: string
  fromEmail: string
  replyTo: string
  postalAddress: string
  hasCap: boolean
  capMessages: string
  capHours: string
  hasQuietHours: boolean
  quietFrom: string
  quietTo: string
  deferLimitHours: string
  attributionDays: string
  rawRetentionDays: string
}

const whole = (least: number, most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,6}$/, 'common:field.whole')
    .transform(Number)
    .pipe(z.int().min(least).max(most))
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'common:field.timeOfDay')
const email = z.email().max(254)

/** The sender is there as a whole or not at all: the law wants a name and a postal address in every mail. */
const form = z
  .object({
    fromName: z.string().trim().max(100),
    fromEmail: z.string().trim().max(254),
    replyTo: z.union([z.literal('').transform(() => null), email]),
    postalAddress: z.string().trim().max(500),
    hasCap: z.boolean(),
    capMessages: whole(1, 100),
    capHours: whole(1, 8760),
    hasQuietHours: z.boolean(),
    quietFrom: timeOfDay,
    quietTo: timeOfDay,
    deferLimitHours: whole(1, 720),
    attributionDays: whole(1, 30),
    rawRetentionDays: whole(0, 30),
  })
  .superRefine(({ fromName, fromEmail, postalAddress, quietFrom, quietTo, hasQuietHours }, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (hasQuietHours && quietFrom === quietTo) wrong('quietTo', 'settings:error.quietHours')
    if (fromEmail === '') return
    if (!email.safeParse(fromEmail).success) wrong('fromEmail', 'common:field.email')
    if (fromName === '') wrong('fromName', 'common:field.required')
    if (postalAddress === '') wrong('postalAddress', 'common:field.required')
  })

export const settingsForm = form.transform((values) => ({
  sender:
    values.fromEmail === ''
      ? null
      : {
          fromName: values.fromName,
          fromEmail: values.fromEmail,
          replyTo: values.replyTo,
          postalAddress: values.postalAddress,
        },
  settings: {
    frequencyCap: values.hasCap ? { messages: values.capMessages, hours: values.capHours } : null,
    quietHours: values.hasQuietHours ? { from: values.quietFrom, to: values.quietTo } : null,
    deferLimitHours: values.deferLimitHours,
    attributionDays: values.attributionDays,
    rawRetentionDays: values.rawRetentionDays,
  },
}))

/** A key as SendGrid shows it once, when it is made. */
export const keyForm = z.object({
  apiKey: z
    .string()
    .trim()
    .regex(/^SG\.[\w-]{10,}\.[\w-]{20,}$/, 'settings:error.keyForm'),
})
