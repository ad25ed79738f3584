// What the check says of the mail, each with the way to the block that it is about.
import { Badge, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { Finding } from '#app/messages/design/checks/check.ts'
import { useMailWords } from './words.ts'

interface FindingsProps {
  findings: readonly Finding[]
  onShow(finding: Finding): void
}

export function Findings({ findings, onShow }: FindingsProps) {
  const { t } = useTranslation('mails')
  const lists = [
    ['errors', findings.filter(({ level }) => level === 'error')],
    ['warnings', findings.filter(({ level }) => level === 'warning')],
  ] as const
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t('findings.title')}
          </Text>
          {findings.length > 0 && (
            <Badge tone={findings[0]?.level === 'error' ? 'critical' : 'attention'}>{String(findings.length)}</Badge>
          )}
        </InlineStack>
        <div aria-live="polite">
          {findings.length === 0 && <Text as="p">{t('findings.well')}</Text>}
          {lists.map(
            ([level, some]) =>
              some.length > 0 && (
                <BlockStack key={level} gap="100">
                  <Text as="h3" variant="headingSm" tone={level === 'errors' ? 'critical' : undefined}>
                    {t(`findings.${level}`)}
                  </Text>
                  <ul style={{ margin: 0, paddingInlineStart: '1.25rem' }}>
                    {some.map((finding, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew with each look
                      <li key={index}>
                        <FindingLine finding={finding} onShow={onShow} />
                      </li>
                    ))}
                  </ul>
                </BlockStack>
              ),
          )}
        </div>
      </BlockStack>
    </Card>
  )
}

function FindingLine({ finding, onShow }: { finding: Finding; onShow(finding: Finding): void }) {
  const words = useMailWords()
  const { check, advice, values, block } = finding
  const said = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name === 'mode' ? words(`preview.${value}`) : name === 'of' ? words(`option.${value}`) : value,
    ]),
  )
  const text = words(`finding.${check}.${advice}`, said)
  return block ? (
    <Button variant="plain" textAlign="left" onClick={() => onShow(finding)}>
      {text}
    </Button>
  ) : (
    <Text as="span">{text}</Text>
  )
}
