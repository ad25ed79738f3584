// Somebody's tags, each leading to everybody who has it, and a form to change them.
import { BlockStack, Card, InlineStack, Tag, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { FormSaveBar } from '#app/ui/FormSaveBar.tsx'
import { useDraft } from '#app/ui/use-draft.ts'
import type { ShownProfile } from './shown-profile.ts'

export function TagsCard({ profile }: { profile: ShownProfile }) {
  const { t } = useTranslation('profiles')
  const draft = useDraft({ tags: profile.tags.join(', ') }, { intent: 'tags' })
  const where = profile.shopifyCustomerId === null ? t('tagsHere') : t('tagsToShopify')
  return (
    <Card>
      <FormSaveBar draft={draft} />
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('tags')}
        </Text>
        <InlineStack gap="100">
          {profile.tags.map((tag) => (
            <Tag key={tag} url={`/app/profiles?tag=${encodeURIComponent(tag)}`}>
              {tag}
            </Tag>
          ))}
        </InlineStack>
        <TextField
          label={t('editTags')}
          helpText={`${t('tagsHint')} ${where}`}
          autoComplete="off"
          placeholder={t('noTags')}
          value={draft.values.tags}
          onChange={(tags) => draft.set('tags', tags)}
          error={draft.errorOf('tags') ?? draft.errorOf('')}
        />
      </BlockStack>
    </Card>
  )
}
