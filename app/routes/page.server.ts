// How every page of the admin gets its shop: authenticated, found, and the only one that it can reach.
import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from '@remix-run/node'
import type { z } from 'zod'
import type { ShopId } from '#app/lib/ids.ts'
import type { ShopTx } from '#app/platform/database.server.ts'
import type { ActionAnswer } from '#app/ui/action-answer.ts'
import { type FieldErrors, fieldErrorsOf } from '#app/ui/field-errors.ts'
import { type Reading, readingOf } from '#app/ui/language.server.ts'
import type { Resources } from './context.server.ts'
import { problem } from './problem.server.ts'
import { readForm } from './read-form.server.ts'

export interface PageRequest extends Reading {
  tern: Resources
  shopId: ShopId
  domain: string
  /** Who asks, for the audit log. */
  actor: string
  /** Until when Shopify's access lasts if it is never renewed; null where it does not end. */
  accessEndsAt: Date | null
  /** When the request came, by Tern's clock. */
  now: Date
  params: Readonly<Record<string, string | undefined>>
  /** Filters and cursors live here. */
  query: URLSearchParams
  request: Request
  /** A unit of work that sees this shop alone. */
  withShop<Result>(work: (tx: ShopTx) => Promise<Result>): Promise<Result>
}

/** One thing that a page can be asked to do. */
export interface Intent<Result = unknown> {
  answer(page: PageRequest, name: string, form: object): Promise<ActionAnswer<Result>>
}

/** What the fields cannot know by themselves, found out while acting. */
export class Refusal {
  readonly errors: FieldErrors
  constructor(errors: FieldErrors) {
    this.errors = errors
  }
}

/** A page's loader: `read` is given the shop, and what it returns becomes the page's data. */
export function pageLoader<Data>(read: (page: PageRequest) => Promise<Data>) {
  return async (args: LoaderFunctionArgs) => json(await read(await openPage(args)))
}

/** What is done with a form once its schema has taken it; `act` returns what came of it, or refuses with fields. */
export function intent<Form, Result>(
  schema: z.ZodType<Form>,
  act: (page: PageRequest, form: Form) => Promise<Result | Refusal>,
): Intent<Result> {
  return {
    async answer(page, name, form) {
      const parsed = schema.safeParse(form)
      if (!parsed.success) return { ok: false, intent: name, errors: fieldErrorsOf(parsed.error) }
      const result = await act(page, parsed.data)
      if (result instanceof Refusal) return { ok: false, intent: name, errors: result.errors }
      return { ok: true, intent: name, result }
    },
  }
}

/**
 * A page's action: the form's field `intent` says which of `intents` is meant. A form that its schema refuses comes back
 * with the fields that are wrong; one that names no intent is answered 400.
 */
export function pageAction(intents: Record<string, Intent>) {
  const action = async (args: ActionFunctionArgs) => {
    const page = await openPage(args)
    const { intent: name, ...form } = await readForm(page.request)
    const found = typeof name === 'string' && Object.hasOwn(intents, name) ? intents[name] : undefined
    if (!found || typeof name !== 'string') throw problem(400)
    return json(await found.answer(page, name, form))
  }
  return Object.assign(action, { intents: Object.keys(intents) })
}

async function openPage({ request, params, context: { tern } }: LoaderFunctionArgs): Promise<PageRequest> {
  // Authenticating reads the headers only; the body stays for the form.
  const { session, sessionToken } = await tern.shopify.authenticate.admin(request)
  const shop = await installedShop(tern, session)
  const reading = await readingOf(request)
  return {
    ...reading,
    tern,
    shopId: shop.shopId,
    domain: shop.domain,
    accessEndsAt: session.refreshTokenExpires ?? null,
    actor: `staff:${sessionToken.sub}`,
    now: tern.clock.now(),
    params,
    query: new URL(request.url).searchParams,
    request,
    withShop: (work) => tern.withShop(shop.shopId, work),
  }
}

/** On the first visit a page's loader may be ahead of the one that installs the shop: they run at the same time. */
async function installedShop({ directory, install }: Resources, session: { shop: string; scope?: string }) {
  const known = await directory.byDomain(session.shop)
  if (known?.state === 'active') return known
  await install({ domain: session.shop, scopes: session.scope ?? '' })
  const shop = await directory.byDomain(session.shop)
  if (shop?.state !== 'active') throw problem(403)
  return shop
}
