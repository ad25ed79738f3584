// The mail editor: what is written on the left, what a reader sees on the right; on a phone one after the other.
import { Banner, BlockStack, Button, ButtonGroup, InlineGrid, Page, Tabs, useBreakpoints } from '@shopify/polaris'
import { RedoIcon, UndoIcon } from '@shopify/polaris-icons'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailSubject } from '#app/messages/design/block-kind.ts'
import type { Finding } from '#app/messages/design/checks/check.ts'
import type { MailContent } from '#app/messages/design/mail-content.ts'
import type { Example } from '#app/messages/mail-example.server.ts'
import type { Brand } from '#app/shops/brand.ts'
import { FormSaveBar } from '#app/ui/FormSaveBar.tsx'
import type { FieldErrors } from '#app/ui/field-errors.ts'
import { useFieldErrorText } from '#app/ui/use-field-error-text.ts'
import { BlockList } from './BlockList.tsx'
import { CodeView } from './CodeView.tsx'
import { Envelope } from './Envelope.tsx'
import { Findings } from './Findings.tsx'
import { Preview } from './Preview.tsx'
import { StyleForm } from './StyleForm.tsx'
import { TestMail } from './TestMail.tsx'
import { TextPart } from './TextPart.tsx'
import { useLook } from './use-look.ts'
import { designEditing, useMailEditor } from './use-mail-editor.ts'

export interface OpenedMail {
  flowId: number
  stepId: string
  flowName: string
  about: MailSubject
  templateId: string
  isLive: boolean
  content: MailContent
  brand: Brand
  sender: { fromName: string; fromEmail: string; replyTo: string | null } | null
  testTo: string
  examples: readonly Example[]
}

const tabs = ['content', 'style', 'text', 'code'] as const
type Tab = (typeof tabs)[number]

export function MailEditor({ mail }: { mail: OpenedMail }) {
  const { t } = useTranslation('mails')
  const errorText = useFieldErrorText()
  const editor = useMailEditor(mail)
  const { content, errors } = editor
  const [example, setExample] = useState<string | null>(null)
  const [tab, setTab] = useState<Tab>('content')
  // On a phone there is room for one of the two.
  const { mdDown } = useBreakpoints()
  const [isLooking, setIsLooking] = useState(false)
  const { look, isUpdating } = useLook(content, example)
  const editing = designEditing(editor)
  const shownTabs: readonly Tab[] = editing ? tabs : ['code']
  const shownTab: Tab = editing ? tab : 'code'
  const errorOf = (field: string) => errorText(errors[`content.${field}`] ?? errors[`content.design.${field}`])
  const show = ({ block }: Finding) => {
    setTab('content')
    setIsLooking(false)
    editor.choose(block)
    setTimeout(() => document.getElementById(`block-${block}`)?.focus(), 0)
  }
  const fromName = (content.kind === 'blocks' ? content.design.fromName : null) ?? mail.sender?.fromName ?? ''
  return (
    <Page
      fullWidth
      title={t('title')}
      subtitle={t('inFlow', { flow: mail.flowName })}
      backAction={{ content: mail.flowName, url: `/app/flows/${mail.flowId}` }}
      secondaryActions={[
        { content: t('undo'), icon: UndoIcon, disabled: !editor.undo, onAction: () => editor.undo?.() },
        { content: t('redo'), icon: RedoIcon, disabled: !editor.redo, onAction: () => editor.redo?.() },
      ]}
    >
      <FormSaveBar draft={editor.draft} />
      <BlockStack gap="400">
        <Problems errors={errors} />
        {mail.isLive && (
          <Banner tone="info">
            <p>{t('liveHint')}</p>
          </Banner>
        )}
        {mdDown && (
          <ButtonGroup variant="segmented" fullWidth>
            <Button pressed={!isLooking} onClick={() => setIsLooking(false)}>
              {t('view.edit')}
            </Button>
            <Button pressed={isLooking} onClick={() => setIsLooking(true)}>
              {t('view.preview')}
            </Button>
          </ButtonGroup>
        )}
        <InlineGrid columns={{ xs: 1, md: '2fr 3fr' }} gap="400" alignItems="start">
          <Side isShown={!mdDown || !isLooking}>
            <Envelope
              content={content}
              about={mail.about}
              sender={mail.sender}
              errorOf={errorOf}
              onEdit={editor.edit}
            />
            <Tabs
              tabs={shownTabs.map((id) => ({ id: `tab-${id}`, content: t(`tab.${id}`), panelID: `panel-${id}` }))}
              selected={Math.max(0, shownTabs.indexOf(shownTab))}
              onSelect={(index) => setTab(shownTabs[index] ?? 'content')}
            />
            <div role="tabpanel" id={`panel-${shownTab}`} aria-labelledby={`tab-${shownTab}`}>
              {editing && shownTab === 'content' && <BlockList editing={editing} about={mail.about} />}
              {editing && shownTab === 'style' && <StyleForm editing={editing} brand={mail.brand} />}
              {editing && shownTab === 'text' && (
                <TextPart editing={editing} about={mail.about} made={look?.text ?? ''} />
              )}
              {shownTab === 'code' && (
                <CodeView
                  content={content}
                  made={{ mjml: look?.mjml ?? '', text: look?.text ?? '' }}
                  onEdit={editor.edit}
                />
              )}
            </div>
          </Side>
          <Side isShown={!mdDown || isLooking}>
            <Preview
              look={look}
              isUpdating={isUpdating}
              from={fromName}
              examples={mail.examples}
              example={example}
              onExample={setExample}
            />
            <Findings findings={look?.findings ?? []} onShow={show} />
            <TestMail content={content} example={example} to={mail.testTo} />
          </Side>
        </InlineGrid>
      </BlockStack>
    </Page>
  )
}

function Side({ isShown, children }: { isShown: boolean; children: ReactNode }) {
  return (
    <div hidden={!isShown} style={{ minWidth: 0 }}>
      <BlockStack gap="400">{children}</BlockStack>
    </div>
  )
}

function Problems({ errors }: { errors: FieldErrors }) {
  const { t } = useTranslation('mails')
  const errorText = useFieldErrorText()
  const whole = errors['']
  if (!whole && Object.keys(errors).length === 0) return null
  const isStale = whole?.key === 'mails:error.stale'
  return (
    <Banner
      tone="critical"
      {...(isStale && { action: { content: t('error.loadNewest'), onAction: () => window.location.reload() } })}
    >
      <p>{errorText(whole) ?? t('error.invalid')}</p>
    </Banner>
  )
}
