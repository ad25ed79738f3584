// What a merchant can have done about a person that needs more than the shop's rows: Shopify, or a background job.

import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import { type AskedByHand, askForErasure, askForExport } from '#app/jobs/people/ask-about-person.server.ts'
import { editTags, type TagEdit, type TagEditAnswer } from '#app/jobs/people/edit-tags.server.ts'

export interface PeopleActions {
  editTags(edit: TagEdit): Promise<TagEditAnswer>
  /** These two are false when the person can't be named to anybody. */
  askForExport(asked: AskedByHand): Promise<boolean>
  askForErasure(asked: AskedByHand): Promise<boolean>
}

export function createPeopleActions(deps: JobDeps): PeopleActions {
  return {
    editTags: (edit) => editTags(deps, edit),
    askForExport: (asked) => askForExport(deps, asked),
    askForErasure: (asked) => askForErasure(deps, asked),
  }
}
