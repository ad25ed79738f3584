// Says that no mail at all may go to somebody.
import { Badge } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'

export function StoppedBadge() {
  const { t } = useTranslation('people')
  return <Badge tone="warning">{t('suppressed')}</Badge>
}
