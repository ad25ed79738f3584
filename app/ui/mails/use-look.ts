// Asks the server what the mail looks like, when typing rests.
import { useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import type { MailContent } from '#app/messages/design/mail-content.ts'
import type { Look } from '#app/messages/mail-desk.server.ts'
import type { ActionAnswer } from '#app/ui/action-answer.ts'

const restMs = 300

/** The last look that there was; null before the first. What the server can't read keeps the look before. */
export function useLook(content: MailContent, example: string | null) {
  const fetcher = useFetcher<ActionAnswer<Look>>()
  const last = useRef<Look | null>(null)
  const body = JSON.stringify({ intent: 'look', content, example })
  const submit = useRef(fetcher.submit)
  submit.current = fetcher.submit
  useEffect(() => {
    const timer = setTimeout(
      () => submit.current(JSON.parse(body), { method: 'post', encType: 'application/json' }),
      last.current ? restMs : 0,
    )
    return () => clearTimeout(timer)
  }, [body])
  if (fetcher.data?.ok) last.current = fetcher.data.result
  const isRefused = fetcher.data !== undefined && !fetcher.data.ok
  return { look: last.current, isUpdating: fetcher.state !== 'idle', isRefused }
}
