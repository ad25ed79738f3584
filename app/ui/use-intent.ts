// Asks the page's own action to do one thing, and says when it is done or what stood in its way.
import { useFetcher } from '@remix-run/react'
import { useAppBridge } from '@shopify/app-bridge-react'
import { useEffect, useRef } from 'react'
import type { ActionAnswer } from './action-answer.ts'
import { useFieldErrorText } from './use-field-error-text.ts'

export interface AskedIntent {
  isBusy: boolean
  /** Why it was refused the last time, in the merchant's language. */
  error: string | undefined
  ask(values?: object): void
}

/** `done`: the toast's words. */
export function useIntent(intent: string, { done, onDone }: { done: string; onDone?: () => void }): AskedIntent {
  const fetcher = useFetcher<ActionAnswer>()
  const shopify = useAppBridge()
  const errorText = useFieldErrorText()
  const answered = useRef<unknown>(null)
  useEffect(() => {
    if (fetcher.state !== 'idle' || !fetcher.data || answered.current === fetcher.data) return
    answered.current = fetcher.data
    if (!fetcher.data.ok) return
    shopify.toast.show(done)
    onDone?.()
  }, [fetcher.state, fetcher.data, shopify, done, onDone])
  const errors = fetcher.data && !fetcher.data.ok ? Object.values(fetcher.data.errors) : []
  return {
    isBusy: fetcher.state !== 'idle',
    error: errorText(errors[0]),
    ask: (values = {}) =>
      fetcher.submit(JSON.stringify({ intent, ...values }), { method: 'post', encType: 'application/json' }),
  }
}
