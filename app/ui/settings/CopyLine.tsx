// A text to be copied somewhere else, with a button that does it.
import { useAppBridge } from '@shopify/app-bridge-react'
import { Button, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'

export function CopyLine({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation()
  const shopify = useAppBridge()
  const copy = () => navigator.clipboard.writeText(text).then(() => shopify.toast.show(t('copied')))
  return (
    <TextField
      label={label}
      value={text}
      readOnly
      autoComplete="off"
      connectedRight={
        <Button onClick={copy} accessibilityLabel={`${t('action.copy')}: ${text}`}>
          {t('action.copy')}
        </Button>
      }
    />
  )
}
