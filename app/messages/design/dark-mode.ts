// The style sheet of all mails: dark colours, and the few things that a phone shows differently.
import type { Palette } from './palette.ts'

/** CSS for `<mj-style>`, by the colours of the dark. Outlook's web and phone apps mark darkened mails with `data-ogsc` instead of the media query. */
export function mailStyles(dark: Palette): string {
  return `
    :root { color-scheme: light dark; supported-color-schemes: light dark; }
    a { color: inherit; }
    a[x-apple-data-detectors] { color: inherit !important; text-decoration: none !important; }
    @media only screen and (max-width: 480px) {
      .card > table > tbody > tr > td { padding-left: 0 !important; padding-right: 0 !important; }
      .card { border-radius: 0 !important; }
    }
    @media (prefers-color-scheme: dark) { ${darkRules(dark, '')} }
    ${darkRules(dark, '[data-ogsc] ')}
  `
}

function darkRules(dark: Palette, scope: string): string {
  const { page, card, ink, muted, line, tile, button, buttonInk } = dark
  const rules: [selectors: string[], declarations: string][] = [
    [['body', '.page', '.page > div'], `background-color: ${page} !important; background: ${page} !important`],
    [['.card', '.card > table'], `background-color: ${card} !important; background: ${card} !important`],
    [['.ink', '.ink div', '.ink h1', '.ink td', '.ink a'], `color: ${ink} !important`],
    [['.muted', '.muted div', '.muted td', '.muted a', '.ink .muted'], `color: ${muted} !important`],
    [['.line', '.ink .line'], `border-color: ${line} !important`],
    [['.tile'], `background-color: ${tile} !important`],
    [['.button td', '.button a'], `background: ${button} !important; color: ${buttonInk} !important`],
  ]
  return rules
    .map(([selectors, declarations]) => `${selectors.map((name) => scope + name).join(', ')} { ${declarations}; }`)
    .join('\n')
}
