// What a merchant has decided about sending, with the defaults that a shop starts with.
import { z } from 'zod'
import { brandSchema } from './brand.ts'

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as HH:MM')

export const shopSettings = z.object({
  /** At most so many marketing mails to one person in so many hours; more wait their turn. */
  frequencyCap: z
    .object({ messages: z.int().min(1), hours: z.int().min(1) })
    .nullable()
    .default(null),
  /** In this part of the reader's day no marketing mail goes out; it waits. */
  quietHours: z.object({ from: timeOfDay, to: timeOfDay }).nullable().default(null),
  /** A mail that caps and quiet hours have put off for this long is dropped, with the reason. */
  deferLimitHours: z.int().min(1).default(72),
  /** How old the oldest unread order webhook may be before abandonment mails wait for it. */
  orderLagMinutes: z.int().min(1).default(2),
  /** An order counts for a mail when it was placed within so many days of a click in it. */
  attributionDays: z.int().min(1).max(30).default(5),
  /** How long the raw deliveries are kept after they were worked off. */
  rawRetentionDays: z.int().min(0).max(30).default(7),
  /** How its mails look; null until the merchant has chosen. */
  brand: brandSchema.nullable().default(null),
})

export type ShopSettings = z.infer<typeof shopSettings>

/** Reads the stored settings; what is missing gets its default. */
export function readShopSettings(stored: unknown): ShopSettings {
  return shopSettings.parse(stored ?? {})
}
