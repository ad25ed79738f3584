// Who the mail is from.
import { FormLayout, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { Draft } from '#app/ui/use-draft.ts'

export interface SenderValues {
  fromName: string
  fromEmail: string
  replyTo: string
  postalAddress: string
}

export function SenderFields({ draft }: { draft: Draft<SenderValues> }) {
  const { t } = useTranslation('settings')
  const field = (name: keyof SenderValues) => ({
    label: t(`sender.${name}`),
    value: draft.values[name],
    error: draft.errorOf(name),
    onChange: (value: string) => draft.set(name, value),
  })
  return (
    <FormLayout>
      <TextField {...field('fromName')} autoComplete="organization" />
      <TextField {...field('fromEmail')} type="email" autoComplete="email" helpText={t('sender.fromEmailHelp')} />
      <TextField {...field('replyTo')} type="email" autoComplete="email" helpText={t('sender.replyToHelp')} />
      <TextField {...field('postalAddress')} autoComplete="street-address" multiline={3} />
    </FormLayout>
  )
}
