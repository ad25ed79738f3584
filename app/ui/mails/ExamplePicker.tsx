// Whose data the preview is filled with: made up, or a real person, cart or order.
import { useFetcher } from '@remix-run/react'
import { Autocomplete } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Example } from '#app/messages/mail-example.server.ts'
import type { ActionAnswer } from '#app/ui/action-answer.ts'
import { useFormat } from '#app/ui/frame-data.ts'

interface ExamplePickerProps {
  examples: readonly Example[]
  chosen: string | null
  onChoose(ref: string | null): void
}

const sample = 'sample'

export function ExamplePicker({ examples, chosen, onChoose }: ExamplePickerProps) {
  const { t } = useTranslation('mails')
  const format = useFormat()
  const fetcher = useFetcher<ActionAnswer<Example[]>>()
  const [typed, setTyped] = useState<string | null>(null)
  const [chosenName, setChosenName] = useState(t('preview.sample'))
  const found = typed && fetcher.data?.ok ? fetcher.data.result : examples
  const options = [
    { value: sample, label: t('preview.sample') },
    ...found.map(({ ref, name, at }) => ({ value: ref, label: `${name}, ${format.date(at)}` })),
  ]
  return (
    <Autocomplete
      options={options}
      selected={[chosen ?? sample]}
      onSelect={([value = sample]) => {
        setTyped(null)
        setChosenName(options.find((option) => option.value === value)?.label ?? '')
        onChoose(value === sample ? null : value)
      }}
      textField={
        <Autocomplete.TextField
          label={t('preview.for')}
          autoComplete="off"
          placeholder={t('preview.search')}
          value={typed ?? chosenName}
          onFocus={() => setTyped('')}
          onBlur={() => setTyped(null)}
          onChange={(search) => {
            setTyped(search)
            fetcher.submit({ intent: 'search', search }, { method: 'post', encType: 'application/json' })
          }}
        />
      }
    />
  )
}
