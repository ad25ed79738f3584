// The state of a form between what is stored and what the merchant has typed: changed or not, saving, what is wrong.
import { useFetcher } from '@remix-run/react'
import { useAppBridge } from '@shopify/app-bridge-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActionAnswer } from './action-answer.ts'
import type { FieldErrors } from './field-errors.ts'
import { useFieldErrorText } from './use-field-error-text.ts'

export interface Draft<Values> {
  values: Values
  set<Name extends keyof Values>(name: Name, value: Values[Name]): void
  isDirty: boolean
  isSaving: boolean
  /** The server's word on a field ("quietHours.from"), in the merchant's language. */
  errorOf(path: string): string | undefined
  save(): void
  discard(): void
}

/**
 * A form over `stored`, saved by posting `{ intent, ...values }` as JSON to the page's own action (or to `to`). When the
 * stored values change, and nothing was typed, the form follows.
 */
export function useDraft<Values extends object>(
  stored: Values,
  { intent, to }: { intent: string; to?: string },
): Draft<Values> {
  const { t } = useTranslation()
  const shopify = useAppBridge()
  const fetcher = useFetcher<ActionAnswer>()
  const [typed, setTyped] = useState<Partial<Values>>({})
  const [errors, setErrors] = useState<FieldErrors>({})
  const values = { ...stored, ...typed }
  const isDirty = JSON.stringify(values) !== JSON.stringify(stored)
  const errorText = useFieldErrorText()

  const answered = useRef<unknown>(null)
  useEffect(() => {
    if (fetcher.state !== 'idle' || !fetcher.data || answered.current === fetcher.data) return
    answered.current = fetcher.data
    if (!fetcher.data.ok) return setErrors(fetcher.data.errors)
    setErrors({})
    setTyped({})
    shopify.toast.show(t('saved'))
  }, [fetcher.state, fetcher.data, shopify, t])

  const discard = useCallback(() => {
    setTyped({})
    setErrors({})
  }, [])

  return {
    values,
    isDirty,
    isSaving: fetcher.state !== 'idle',
    set: (name, value) => setTyped((before) => ({ ...before, [name]: value })),
    errorOf: (path) => errorText(errors[path]),
    save() {
      const body = JSON.stringify({ intent, ...values })
      fetcher.submit(body, { method: 'post', encType: 'application/json', ...(to && { action: to }) })
    },
    discard,
  }
}
