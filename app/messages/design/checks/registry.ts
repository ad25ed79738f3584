// What is looked at when a mail is saved. A new check is a file and a line here.
import { missingAlt } from './alt.ts'
import type { Check, CheckedMail, CheckKey, Finding } from './check.ts'
import { weakContrast } from './contrast.ts'
import { emptyBlocks } from './empty.ts'
import { headingOrder } from './headings.ts'
import { brokenLinks } from './links.ts'
import { liquidMistakes } from './liquid.ts'
import { missingRequired } from './required.ts'
import { tooLarge } from './size.ts'
import { unknownVariables } from './variables.ts'

const checks: Record<CheckKey, Check> = {
  liquid: liquidMistakes,
  variables: unknownVariables,
  required: missingRequired,
  links: brokenLinks,
  empty: emptyBlocks,
  alt: missingAlt,
  contrast: weakContrast,
  headings: headingOrder,
  size: tooLarge,
}

/** All that is to be said about a mail, errors first. */
export function checkMail(mail: CheckedMail): Finding[] {
  const keys = Object.keys(checks) as CheckKey[]
  const findings = keys.flatMap((check) => checks[check](mail).map((finding) => ({ ...finding, check })))
  return findings.sort((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning'))
}
