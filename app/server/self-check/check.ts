// What a check at start finds, in words for whoever runs Tern.

export interface Finding {
  /** `fatal`: Tern would do harm or nothing at all, so it does not start. */
  severity: 'fatal' | 'warning'
  problem: string
  /** What to do about it. */
  mend: string
}

/** Only what is fatal stops the start; the message names all of it. */
export class SelfCheckError extends Error {
  override name = 'SelfCheckError'

  constructor(findings: readonly Finding[]) {
    super(`Tern cannot start:\n${findings.map(({ problem, mend }) => `  ${problem} ${mend}`).join('\n')}`)
  }
}
