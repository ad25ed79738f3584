// Which statuses a page can fail with, and the words that belong to each.

export const problemKind = {
  400: 'unexpected',
  403: 'forbidden',
  404: 'notFound',
  409: 'stale',
  413: 'tooLarge',
} as const

export type ProblemStatus = keyof typeof problemKind
export type ProblemKind = (typeof problemKind)[ProblemStatus]

/** The kind that a thrown answer's body names, if it is one of ours. */
export function problemIn(data: unknown): ProblemKind | null {
  if (typeof data !== 'object' || data === null || !('problem' in data)) return null
  return Object.values(problemKind).find((kind) => kind === data.problem) ?? null
}
