// Die Wörter der Startseite.
import type { SameKeys } from '#app/ui/text/catalogues.ts'
import type en from '#app/ui/text/en/home.ts'

const text: SameKeys<typeof en> = {
  title: 'Start',
}

export default text
