// What the editor holds: the mail as it is being written, what can be taken back, and which block is open.
import { began, edited, type History, redone, undone } from '#app/flows/editing/history.ts'
import type { Block } from '#app/messages/design/blocks/registry.ts'
import type { MailContent } from '#app/messages/design/mail-content.ts'
import type { MailDesign } from '#app/messages/design/mail-design.ts'

export interface EditorState {
  history: History<MailContent>
  /** The field that was typed in last: typing in one field is one thing to take back. */
  typing: string | null
  chosen: string | null
}

export type EditorAction =
  /** `typing`: which field, when it is one. */
  | { kind: 'edit'; content: MailContent; typing?: string }
  | { kind: 'choose'; id: string | null }
  | { kind: 'undo' | 'redo' }
  | { kind: 'reset'; content: MailContent }

export const beginEditing = (content: MailContent): EditorState => ({
  history: began(content),
  typing: null,
  chosen: null,
})

export function editorReducer(state: EditorState, action: EditorAction): EditorState {
  switch (action.kind) {
    case 'edit': {
      const typing = action.typing ?? null
      const isSameEdit = typing !== null && typing === state.typing && state.history.past.length > 0
      const history = isSameEdit
        ? { ...state.history, present: action.content, future: [] }
        : edited(state.history, action.content)
      return { ...state, history, typing }
    }
    case 'choose':
      return { ...state, chosen: action.id, typing: null }
    case 'undo':
      return { ...state, history: undone(state.history), typing: null }
    case 'redo':
      return { ...state, history: redone(state.history), typing: null }
    case 'reset':
      return beginEditing(action.content)
  }
}

/** What the parts of the editor that work on blocks are given. */
export interface DesignEditing {
  design: MailDesign
  chosen: string | null
  choose(id: string | null): void
  change(part: Partial<MailDesign>, typing?: string): void
  changeBlocks(blocks: readonly Block[], typing?: string): void
}
