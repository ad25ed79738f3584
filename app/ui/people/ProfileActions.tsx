// What can be done about a person: stop mail or allow it again, hand out everything, erase; each asks first.
import { useNavigate } from '@remix-run/react'
import type { PageProps } from '@shopify/polaris'
import { type ReactNode, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntent } from '#app/ui/use-intent.ts'
import { ConfirmModal } from './ConfirmModal.tsx'
import type { ShownProfile } from './shown-profile.ts'
import { useReasonText } from './use-reason-text.ts'

type Asked = 'suppress' | 'unsuppress' | 'erase' | null
type PageActions = Pick<PageProps, 'secondaryActions' | 'actionGroups'>

export interface ProfileActionsProps {
  profile: ShownProfile
  children: (actions: PageActions) => ReactNode
}

export function ProfileActions({ profile, children }: ProfileActionsProps) {
  const { t } = useTranslation('profiles')
  const reasonText = useReasonText()
  const navigate = useNavigate()
  const [asked, setAsked] = useState<Asked>(null)
  const close = useCallback(() => setAsked(null), [])
  const leave = useCallback(() => navigate('/app/profiles'), [navigate])
  const suppress = useIntent('suppress', { done: t('changed.suppressed'), onDone: close })
  const unsuppress = useIntent('unsuppress', { done: t('changed.unsuppressed'), onDone: close })
  const exporting = useIntent('export', { done: t('exportAsked') })
  const erase = useIntent('erase', { done: t('eraseAsked'), onDone: leave })
  const stopped = profile.suppression
  const hasName = Boolean(profile.shopifyCustomerId || profile.email || profile.phone)
  const why = hasName ? {} : { disabled: true, helpText: t('nothingToName') }
  return (
    <>
      {children({
        secondaryActions: [
          ...(profile.email === null
            ? []
            : [
                stopped
                  ? { content: t('action.unsuppress'), onAction: () => setAsked('unsuppress') }
                  : { content: t('action.suppress'), onAction: () => setAsked('suppress') },
              ]),
          { content: t('action.export'), onAction: () => exporting.ask(), loading: exporting.isBusy, ...why },
          { content: t('action.erase'), destructive: true, onAction: () => setAsked('erase'), ...why },
        ],
      })}
      <ConfirmModal
        isOpen={asked === 'suppress'}
        onClose={close}
        title={t('suppress.title')}
        text={t('suppress.text')}
        confirm={t('suppress.confirm')}
        intent={suppress}
      />
      <ConfirmModal
        isOpen={asked === 'unsuppress'}
        onClose={close}
        title={t('unsuppress.title')}
        text={t('unsuppress.text', { reason: reasonText(`suppressed_${stopped?.reason ?? 'merchant'}`) })}
        confirm={t('unsuppress.confirm')}
        intent={unsuppress}
      />
      <ConfirmModal
        isOpen={asked === 'erase'}
        onClose={close}
        title={t('erase.title')}
        text={t('erase.text')}
        confirm={t('erase.confirm')}
        isDestructive
        intent={erase}
      />
    </>
  )
}
