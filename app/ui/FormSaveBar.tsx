// The bar over unsaved changes: saves, discards, and asks before the page is left.
import { useBlocker } from '@remix-run/react'
import { SaveBar, useAppBridge } from '@shopify/app-bridge-react'
import { useEffect, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from './use-draft.ts'

type Savable = Pick<Draft<object>, 'isDirty' | 'isSaving' | 'save' | 'discard'>

/** Stands once on a page, for the one draft that the page edits. */
export function FormSaveBar({ draft: { isDirty, isSaving, save, discard } }: { draft: Savable }) {
  const { t } = useTranslation()
  useLeaveGuard(isDirty && !isSaving)
  return (
    <SaveBar id={useId()} open={isDirty}>
      {/* App Bridge reads these two and shows buttons of its own. */}
      <button type="button" variant="primary" onClick={save} {...(isSaving && { loading: '' })}>
        {t('action.save')}
      </button>
      <button type="button" onClick={discard}>
        {t('action.discard')}
      </button>
    </SaveBar>
  )
}

/** Shopify's bar does not hold up Remix' own navigation; this does, and lets the bar ask. */
function useLeaveGuard(isGuarding: boolean) {
  const shopify = useAppBridge()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isGuarding && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    let isCurrent = true
    shopify.saveBar.leaveConfirmation().then(() => isCurrent && blocker.proceed())
    return () => {
      isCurrent = false
    }
  }, [blocker, shopify])
}
