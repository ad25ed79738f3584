// How many mails each preset brings along, for the gallery.
import { presets } from '#app/flows/presets/registry.ts'

export const presetMailCounts = (): Record<string, number> =>
  Object.fromEntries(Object.entries(presets).map(([key, { mails }]) => [key, Object.keys(mails).length]))
