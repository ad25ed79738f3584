// The mail of one step of a flow: its words and blocks, beside what a reader will see.
import type { ShouldRevalidateFunction } from '@remix-run/react'
import { useLoaderData } from '@remix-run/react'
import { MailEditor } from '#app/ui/mails/MailEditor.tsx'
import {
  lookForm,
  readMailPage,
  saveForm,
  saveMail,
  searchExamples,
  searchForm,
  sendTestMail,
  takeALook,
  testForm,
} from './flow-mail.server.ts'
import { intent, pageAction, pageLoader } from './page.server.ts'

export const handle = { i18n: 'mails' }

export const loader = pageLoader(readMailPage)

export const action = pageAction({
  look: intent(lookForm, takeALook),
  save: intent(saveForm, saveMail),
  test: intent(testForm, sendTestMail),
  search: intent(searchForm, searchExamples),
})

/** Looking at a mail changes nothing that was loaded. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ json, defaultShouldRevalidate }) => {
  const posted = json && typeof json === 'object' && 'intent' in json ? json.intent : null
  return posted === null || posted === 'save' ? defaultShouldRevalidate : false
}

export default function FlowMailPage() {
  const mail = useLoaderData<typeof loader>()
  return <MailEditor key={`${mail.flowId}/${mail.stepId}`} mail={mail} />
}
