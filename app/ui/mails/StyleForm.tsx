// Colours and fonts: the shop's, or this mail's own.
import { BlockStack, Card, Checkbox, InlineGrid, RangeSlider, Select, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { type Brand, fontKeys } from '#app/shops/brand.ts'
import type { DesignEditing } from './editor-state.ts'

const colours = ['page', 'card', 'ink', 'muted', 'button', 'buttonInk'] as const

export function StyleForm({ editing, brand }: { editing: DesignEditing; brand: Brand }) {
  const { t } = useTranslation('mails')
  const { style } = editing.design
  const set = (part: Partial<Brand>) => style && editing.change({ style: { ...style, ...part } }, 'style')
  const fonts = fontKeys.map((font) => ({ value: font, label: t(`style.font.${font}`) }))
  return (
    <Card>
      <BlockStack gap="300">
        <Checkbox
          label={t('style.own')}
          helpText={t('style.ownHelp')}
          checked={style !== null}
          onChange={(isOwn) => editing.change({ style: isOwn ? brand : null })}
        />
        {style && (
          <>
            <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
              {colours.map((name) => (
                <ColourField
                  key={name}
                  label={t(`style.${name}`)}
                  value={style[name]}
                  onChange={(colour) => set({ [name]: colour })}
                />
              ))}
            </InlineGrid>
            {(['headingFont', 'bodyFont'] as const).map((name) => (
              <Select
                key={name}
                label={t(`style.${name}`)}
                options={fonts}
                value={style[name]}
                onChange={(chosen) => set({ [name]: fontKeys.find((font) => font === chosen) })}
              />
            ))}
            <RangeSlider
              label={`${t('style.corners')}: ${style.corners}`}
              min={0}
              max={28}
              value={style.corners}
              onChange={(corners) => set({ corners: Number(corners) })}
            />
          </>
        )}
      </BlockStack>
    </Card>
  )
}

function ColourField({ label, value, onChange }: { label: string; value: string; onChange(colour: string): void }) {
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      autoComplete="off"
      connectedLeft={
        <input
          type="color"
          aria-label={label}
          value={/^#[0-9a-f]{6}$/i.test(value) ? value : '#000000'}
          onChange={({ target }) => onChange(target.value)}
          style={{
            width: '2.5rem',
            height: '2rem',
            padding: 0,
            border: '1px solid var(--p-color-border)',
            borderRadius: '6px',
          }}
        />
      }
    />
  )
}
