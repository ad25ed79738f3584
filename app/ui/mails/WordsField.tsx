// A text field with the variables of this mail at hand; a variable goes in where the cursor stands.
import { ActionList, BlockStack, Box, Button, InlineStack, Popover, TextField } from '@shopify/polaris'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailSubject } from '#app/messages/design/block-kind.ts'
import { type Variable, variablesAbout, variableTag } from '#app/messages/design/variable-catalogue.ts'
import { useMailWords, variableKey } from './words.ts'

interface WordsFieldProps {
  label: string
  value: string
  onChange(value: string): void
  about: MailSubject
  /** Only addresses are offered. */
  isLink?: boolean
  lines?: number
  helpText?: string
  error?: string | undefined
}

export function WordsField({ label, value, onChange, about, isLink = false, lines, helpText, error }: WordsFieldProps) {
  const id = useId()
  const cursor = useRef<number | null>(null)
  const put = (tag: string) => {
    const at = cursor.current ?? value.length
    onChange(isLink ? tag : value.slice(0, at) + tag + value.slice(at))
    cursor.current = isLink ? null : at + tag.length
  }
  return (
    <BlockStack gap="100">
      <div
        onSelect={({ target }) => {
          if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
            cursor.current = target.selectionStart
        }}
      >
        <TextField
          id={id}
          label={label}
          value={value}
          onChange={onChange}
          autoComplete="off"
          {...(lines && { multiline: lines })}
          {...(helpText && { helpText })}
          {...(error && { error })}
        />
      </div>
      <VariablePicker about={about} isLink={isLink} field={label} onPut={put} />
    </BlockStack>
  )
}

interface VariablePickerProps {
  about: MailSubject
  isLink: boolean
  field: string
  onPut(tag: string): void
}

function VariablePicker({ about, isLink, field, onPut }: VariablePickerProps) {
  const { t } = useTranslation('mails')
  const words = useMailWords()
  const [isOpen, setIsOpen] = useState(false)
  const [chosen, setChosen] = useState<Variable | null>(null)
  const [fallback, setFallback] = useState('')
  const close = () => {
    setIsOpen(false)
    setChosen(null)
  }
  const put = (variable: Variable, instead: string | null) => {
    onPut(variableTag({ path: variable.path, fallback: instead }))
    close()
  }
  const title = isLink ? t('variable.link') : t('variable.insert')
  const offered = variablesAbout(about).filter((variable) => !isLink || variable.isLink)
  return (
    <InlineStack>
      <Popover
        active={isOpen}
        onClose={close}
        activator={
          <Button size="micro" disclosure accessibilityLabel={`${title}: ${field}`} onClick={() => setIsOpen(!isOpen)}>
            {title}
          </Button>
        }
      >
        {chosen ? (
          <Box padding="300">
            <BlockStack gap="200">
              <TextField label={t('variable.fallback')} value={fallback} onChange={setFallback} autoComplete="off" />
              <Button onClick={() => put(chosen, fallback)}>{t('variable.put')}</Button>
            </BlockStack>
          </Box>
        ) : (
          <ActionList
            items={offered.map((variable) => ({
              content: words(variableKey(variable.path)),
              onAction() {
                if (variable.fallback === null) return put(variable, null)
                setFallback(variable.fallback)
                setChosen(variable)
              },
            }))}
          />
        )}
      </Popover>
    </InlineStack>
  )
}
