import { expect, test } from 'vitest'
import { languages, loadText, pageNames } from './catalogues.ts'

test.each(pageNames)('%s says the same things in every language, with the same values in them', async (page) => {
  const [first, ...others] = await Promise.all(languages.map((language) => loadText(page, language)))
  for (const other of others) expect(placeholders(other)).toEqual(placeholders(first!))
})

test.each(pageNames)('%s leaves nothing unsaid', async (page) => {
  for (const language of languages)
    for (const [key, text] of Object.entries(flat(await loadText(page, language))))
      expect(text.trim(), `${language}/${page}: ${key}`).not.toBe('')
})

/** Each key with the names between its braces. */
function placeholders(catalogue: object): Record<string, string[]> {
  const found = Object.entries(flat(catalogue)).map(([key, text]): [string, string[]] => [
    key,
    [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}|<\/?(\d+)>/g)].map((match) => match[1] ?? match[2] ?? '').sort(),
  ])
  return Object.fromEntries(found.sort(([a], [b]) => a.localeCompare(b)))
}

function flat(catalogue: object, prefix = ''): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(catalogue).map(([key, value]) =>
      typeof value === 'string' ? { [prefix + key]: value } : flat(value, `${prefix}${key}.`),
    ),
  )
}
