// Holds a mail while it is edited, and saves it: once, on top of the version that was opened.
import { useFetcher } from '@remix-run/react'
import { useAppBridge } from '@shopify/app-bridge-react'
import { useEffect, useReducer, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailContent } from '#app/messages/design/mail-content.ts'
import type { ActionAnswer } from '#app/ui/action-answer.ts'
import type { FieldErrors } from '#app/ui/field-errors.ts'
import { beginEditing, type DesignEditing, editorReducer } from './editor-state.ts'

interface Opened {
  content: MailContent
  templateId: string
}

export function useMailEditor(opened: Opened) {
  const { t } = useTranslation()
  const shopify = useAppBridge()
  const fetcher = useFetcher<ActionAnswer<{ templateId: string }>>()
  const [state, dispatch] = useReducer(editorReducer, opened.content, beginEditing)
  const [kept, setKept] = useState(opened)
  const [errors, setErrors] = useState<FieldErrors>({})
  const posted = useRef<MailContent>(opened.content)
  const { present: content, past, future } = state.history

  const answered = useRef<unknown>(null)
  useEffect(() => {
    if (fetcher.state !== 'idle' || !fetcher.data || answered.current === fetcher.data) return
    answered.current = fetcher.data
    if (!fetcher.data.ok) return setErrors(fetcher.data.errors)
    setErrors({})
    setKept({ content: posted.current, templateId: fetcher.data.result.templateId })
    shopify.toast.show(t('saved'))
  }, [fetcher.state, fetcher.data, shopify, t])

  const edit = (next: MailContent, typing?: string) =>
    dispatch({ kind: 'edit', content: next, ...(typing !== undefined && { typing }) })
  return {
    content,
    errors,
    chosen: state.chosen,
    edit,
    choose: (id: string | null) => dispatch({ kind: 'choose', id }),
    undo: past.length > 0 ? () => dispatch({ kind: 'undo' }) : null,
    redo: future.length > 0 ? () => dispatch({ kind: 'redo' }) : null,
    draft: {
      isDirty: JSON.stringify(content) !== JSON.stringify(kept.content),
      isSaving: fetcher.state !== 'idle',
      save() {
        posted.current = content
        const body = JSON.stringify({ intent: 'save', content, basedOn: kept.templateId })
        fetcher.submit(body, { method: 'post', encType: 'application/json' })
      },
      discard() {
        setErrors({})
        dispatch({ kind: 'reset', content: kept.content })
      },
    },
  }
}

export type MailEditing = ReturnType<typeof useMailEditor>

/** The same for the parts that work on blocks; null for a mail in MJML. */
export function designEditing({ content, edit, chosen, choose }: MailEditing): DesignEditing | null {
  if (content.kind !== 'blocks') return null
  const { design } = content
  const change: DesignEditing['change'] = (part, typing) =>
    edit({ kind: 'blocks', design: { ...design, ...part } }, typing)
  return { design, chosen, choose, change, changeBlocks: (blocks, typing) => change({ blocks: [...blocks] }, typing) }
}
