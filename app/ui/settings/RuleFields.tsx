// When marketing mail may go out, and how orders are counted for it.
import { Checkbox, FormLayout, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { Draft } from '#app/ui/use-draft.ts'

export interface RuleValues {
  hasQuietHours: boolean
  quietFrom: string
  quietTo: string
  hasCap: boolean
  capMessages: string
  capHours: string
  deferLimitHours: string
  attributionDays: string
}

type NumberName = 'capMessages' | 'capHours' | 'deferLimitHours' | 'attributionDays'

export function RuleFields({ draft }: { draft: Draft<RuleValues> }) {
  const { t } = useTranslation('settings')
  const { values, set, errorOf } = draft
  const field = (name: NumberName | 'quietFrom' | 'quietTo') => ({
    label: t(`rules.${name}`),
    value: values[name],
    error: errorOf(name),
    autoComplete: 'off',
    onChange: (value: string) => set(name, value),
  })
  const number = (name: NumberName) => ({ ...field(name), inputMode: 'numeric' as const })
  return (
    <FormLayout>
      <Checkbox
        label={t('rules.hasQuietHours')}
        helpText={t('rules.quietHelp')}
        checked={values.hasQuietHours}
        onChange={(isOn) => set('hasQuietHours', isOn)}
      />
      {values.hasQuietHours && (
        <FormLayout.Group>
          <TextField {...field('quietFrom')} type="time" />
          <TextField {...field('quietTo')} type="time" />
        </FormLayout.Group>
      )}
      <Checkbox label={t('rules.hasCap')} checked={values.hasCap} onChange={(isOn) => set('hasCap', isOn)} />
      {values.hasCap && (
        <FormLayout.Group>
          <TextField {...number('capMessages')} />
          <TextField {...number('capHours')} />
        </FormLayout.Group>
      )}
      <TextField {...number('deferLimitHours')} />
      <TextField {...number('attributionDays')} helpText={t('rules.attributionHelp')} />
    </FormLayout>
  )
}
