// A mail's html as it looks on a screen of the chosen kind: the same html, with the question about the dark answered.

export type Mode = 'light' | 'dark'

/** Links lead out of the preview, where nothing lets them. */
export function asSeen(html: string, mode: Mode): string {
  const answered = html.replaceAll('(prefers-color-scheme: dark)', mode === 'dark' ? 'all' : 'not all')
  return answered.replace(/<head>/i, '<head><base target="_blank">')
}
