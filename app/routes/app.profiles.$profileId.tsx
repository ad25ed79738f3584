// A profile: who it is, what they agreed to, what they bought, what happened, and what can be done about them.
import { useLoaderData } from '@remix-run/react'
import { Banner, BlockStack, Layout, Page } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { profileId } from '#app/lib/ids.ts'
import { cursorIn } from '#app/lib/keyset.ts'
import { findProfile } from '#app/profiles/profile-details.server.ts'
import { allowMail, stopMail } from '#app/profiles/stop-mail.server.ts'
import { fieldError } from '#app/ui/field-errors.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import { ConsentCard } from '#app/ui/people/ConsentCard.tsx'
import { ExportsBanner } from '#app/ui/people/ExportsBanner.tsx'
import { HistoryCard } from '#app/ui/people/HistoryCard.tsx'
import { ProfileActions } from '#app/ui/people/ProfileActions.tsx'
import { BasketsCard, OrdersCard } from '#app/ui/people/PurchaseCards.tsx'
import { TagsCard } from '#app/ui/people/TagsCard.tsx'
import { usePersonName } from '#app/ui/people/use-person-name.ts'
import { WhoCard } from '#app/ui/people/WhoCard.tsx'
import { WhyCard } from '#app/ui/people/WhyCard.tsx'
import { intent, type PageRequest, pageAction, pageLoader, Refusal } from './page.server.ts'
import { found, idParam } from './problem.server.ts'
import { readAbout } from './profiles.server.ts'

export const handle = { i18n: ['profiles', 'people'] }

const keysSchema = z.tuple([z.iso.datetime(), z.string().max(100)])

export const loader = pageLoader(({ withShop, params, query }) => {
  const id = idParam(params.profileId)
  const cursor = cursorIn(query, (keys) => keysSchema.safeParse(keys).data ?? null)
  return withShop(async (tx) => {
    const asked = found(await findProfile(tx, id))
    // Old links lead to whom the profile has become a part of.
    const profile = asked.mergedInto === null ? asked : found(await findProfile(tx, asked.mergedInto))
    return { profile, ...(await readAbout(tx, profile, cursor)) }
  })
})

const mostTags = 250
const tagsSchema = z.object({
  tags: z
    .string()
    .max(70_000, 'profiles:failed.tagLength')
    .transform((text) => [
      ...new Set(
        text
          .split(',')
          .map((tag) => tag.trim())
          .filter((tag) => tag !== ''),
      ),
    ])
    .refine((tags) => tags.length <= mostTags && tags.every((tag) => tag.length <= 255), 'profiles:failed.tagLength'),
})
const nothing = z.object({})

const refused = (key: string) => new Refusal({ '': fieldError(`profiles:failed.${key}`) })
const whoIn = ({ params, actor }: PageRequest) => ({ profileId: profileId(idParam(params.profileId)), actor })

export const action = pageAction({
  suppress: intent(nothing, async (page) => {
    const isDone = await page.withShop((tx) => stopMail(tx, whoIn(page), page.now))
    return isDone ? null : refused('noAddress')
  }),
  unsuppress: intent(nothing, async (page) => {
    const isDone = await page.withShop((tx) => allowMail(tx, whoIn(page), page.now))
    return isDone ? null : refused('noAddress')
  }),
  tags: intent(tagsSchema, async (page, { tags }) => {
    const { shopId, domain } = page
    const answer = await page.tern.people.editTags({ shopId, domain, ...whoIn(page), tags })
    if (answer === 'shopify_refused') return refused('shopify')
    return answer === 'unknown_profile' ? refused('gone') : null
  }),
  export: intent(nothing, async (page) =>
    (await page.tern.people.askForExport({ shopId: page.shopId, ...whoIn(page) })) ? null : refused('gone'),
  ),
  erase: intent(nothing, async (page) =>
    (await page.tern.people.askForErasure({ shopId: page.shopId, ...whoIn(page) })) ? null : refused('gone'),
  ),
})

export default function Profile() {
  const { t } = useTranslation('profiles')
  const { profile, ledger, orders, baskets, timeline, flows, exports } = useLoaderData<typeof loader>()
  const nameOf = usePersonName()
  const format = useFormat()
  const back = { content: t('title'), url: '/app/profiles' }
  if (profile.erasedAt !== null)
    return (
      <Page title={t('erased.title')} backAction={back}>
        <Banner tone="info">
          <p>{t('erased.text', { date: format.date(profile.erasedAt) })}</p>
        </Banner>
      </Page>
    )
  const name = nameOf(profile)
  return (
    <ProfileActions profile={profile}>
      {(actions) => (
        <Page title={name} backAction={back} {...actions}>
          <Layout>
            <Layout.Section>
              <BlockStack gap="400">
                <ExportsBanner exports={exports} />
                <HistoryCard timeline={timeline} />
                <OrdersCard orders={orders} />
                <BasketsCard baskets={baskets} />
              </BlockStack>
            </Layout.Section>
            <Layout.Section variant="oneThird">
              <BlockStack gap="400">
                <WhoCard profile={profile} />
                <ConsentCard profile={profile} ledger={ledger} />
                <WhyCard profileId={profile.id} flows={flows} />
                <TagsCard profile={profile} />
              </BlockStack>
            </Layout.Section>
          </Layout>
        </Page>
      )}
    </ProfileActions>
  )
}
