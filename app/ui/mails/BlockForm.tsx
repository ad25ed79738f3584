// The form of one block, made from what its kind says of its fields.
import { BlockStack, Button, Checkbox, InlineStack, RangeSlider, Select, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { FieldSpec, MailSubject } from '#app/messages/design/block-kind.ts'
import { type Block, blockSchema, kindOfBlock } from '#app/messages/design/blocks/registry.ts'
import { networks } from '#app/messages/design/blocks/social.ts'
import { WordsField } from './WordsField.tsx'
import { useMailWords } from './words.ts'

interface BlockFormProps {
  block: Block
  about: MailSubject
  onChange(block: Block, typing: string): void
}

export function BlockForm({ block, about, onChange }: BlockFormProps) {
  const { t } = useTranslation('mails')
  const values: Record<string, unknown> = block
  const set = (field: string, value: unknown) => {
    const changed = blockSchema.safeParse({ ...block, [field]: value })
    if (changed.success) onChange(changed.data, `${block.id}.${field}`)
  }
  return (
    <BlockStack gap="300">
      {Object.entries(kindOfBlock(block).fields).map(([field, spec]) => (
        <Field
          key={field}
          field={field}
          spec={spec}
          value={values[field]}
          about={about}
          onChange={(value) => set(field, value)}
        />
      ))}
      {block.kind === 'social' && (
        <SocialLinks links={block.links} about={about} onChange={(links) => set('links', links)} />
      )}
      {block.kind === 'footer' && (
        <Text as="p" tone="subdued">
          {t('footerHint')}
        </Text>
      )}
    </BlockStack>
  )
}

interface FieldProps {
  field: string
  spec: FieldSpec
  value: unknown
  about: MailSubject
  onChange(value: unknown): void
}

function Field({ field, spec, value, about, onChange }: FieldProps) {
  const words = useMailWords()
  const label = words(`field.${field}`)
  const text = typeof value === 'string' ? value : ''
  switch (spec.type) {
    case 'text':
      return (
        <WordsField
          label={label}
          value={text}
          onChange={onChange}
          about={about}
          lines={5}
          helpText={words('textHelp')}
        />
      )
    case 'line':
      return <WordsField label={label} value={text} onChange={onChange} about={about} />
    case 'url':
      return <WordsField label={label} value={text} onChange={onChange} about={about} isLink />
    case 'plain':
    case 'image':
      return <TextField label={label} value={text} onChange={onChange} autoComplete="off" />
    case 'toggle':
      return <Checkbox label={label} checked={value === true} onChange={onChange} />
    case 'choice': {
      const options = spec.options.map((option) => ({ value: option, label: words(`option.${option}`) }))
      return <Select label={label} options={options} value={text} onChange={onChange} />
    }
    case 'number':
      return (
        <RangeSlider
          label={`${label}: ${String(value)}`}
          min={spec.min}
          max={spec.max}
          step={spec.step}
          value={Number(value)}
          onChange={onChange}
        />
      )
    case 'own':
      return null
  }
}

type Links = Extract<Block, { kind: 'social' }>['links']

function SocialLinks({ links, about, onChange }: { links: Links; about: MailSubject; onChange(links: Links): void }) {
  const { t } = useTranslation('mails')
  const unused = networks.filter((network) => !links.some((link) => link.network === network))
  const [next] = unused
  return (
    <BlockStack gap="300">
      {links.map((link) => (
        <BlockStack key={link.network} gap="100">
          <WordsField
            label={link.network}
            value={link.url}
            about={about}
            isLink
            onChange={(url) => onChange(links.map((each) => (each === link ? { ...link, url } : each)))}
          />
          <InlineStack>
            <Button
              size="micro"
              accessibilityLabel={`${t('blocks.remove')}: ${link.network}`}
              onClick={() => onChange(links.filter((each) => each !== link))}
            >
              {t('blocks.remove')}
            </Button>
          </InlineStack>
        </BlockStack>
      ))}
      {next && (
        <Select
          label={t('blocks.addLink')}
          options={[{ value: '', label: '–' }, ...unused.map((network) => ({ value: network, label: network }))]}
          value=""
          onChange={(chosen) => {
            const network = unused.find((each) => each === chosen)
            if (network) onChange([...links, { network, url: '' }])
          }}
        />
      )}
    </BlockStack>
  )
}
