// What a mail's reader can do without signing in, for the pages of the links.
import { type Reader, type ReaderDeps, readReader, resubscribe, unsubscribe } from '#app/messages/unsubscribe.server.ts'
import type { Clock } from '#app/platform/clock.server.ts'

/** Each answers null for a token that is not ours. `wording` is what the reader was shown when deciding. */
export interface ReaderActions {
  find(token: string): Promise<Reader | null>
  unsubscribe(token: string, wording: string): Promise<Reader | null>
  resubscribe(token: string, wording: string): Promise<Reader | null>
}

export function createReaderActions(deps: ReaderDeps, clock: Clock): ReaderActions {
  return {
    find: (token) => readReader(deps, token),
    unsubscribe: (token, wording) => unsubscribe(deps, { token, wording }, clock.now()),
    resubscribe: (token, wording) => resubscribe(deps, { token, wording }, clock.now()),
  }
}
