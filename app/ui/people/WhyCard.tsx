// Leads to the answer why a flow did, or did not do, something with this person.
import { useNavigate } from '@remix-run/react'
import { BlockStack, Button, Card, Select, Text } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

export function WhyCard({ profileId, flows }: { profileId: number; flows: { id: number; name: string }[] }) {
  const { t } = useTranslation('profiles')
  const navigate = useNavigate()
  const [chosen, setChosen] = useState(String(flows[0]?.id ?? ''))
  if (flows.length === 0) return null
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('why.title')}
        </Text>
        <Select
          label={t('why.text')}
          options={flows.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={chosen}
          onChange={setChosen}
        />
        <Button onClick={() => navigate(`/app/profiles/${profileId}/why/${chosen}`)}>{t('why.ask')}</Button>
      </BlockStack>
    </Card>
  )
}
