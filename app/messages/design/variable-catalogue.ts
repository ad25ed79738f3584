// What a mail can be filled with, by what its flow is about. The picker offers these, and the check knows no others.
import type { MailSubject } from './block-kind.ts'

export interface Variable {
  /** As it stands in a template. */
  path: string
  /** What is said in place of an empty one; null: it is never empty. */
  fallback: string | null
  /** A link, to be used as the address of a button. */
  isLink?: true
}

const always: readonly Variable[] = [
  { path: 'profile.first_name', fallback: 'there' },
  { path: 'profile.last_name', fallback: '' },
  { path: 'profile.email', fallback: null },
  { path: 'shop.name', fallback: null },
  { path: 'shop.email', fallback: null },
  { path: 'shop.address', fallback: null },
  { path: 'shop.url', fallback: null, isLink: true },
  { path: 'preferences_url', fallback: null, isLink: true },
  { path: 'unsubscribe_url', fallback: null, isLink: true },
]

const basket = (name: 'checkout' | 'cart'): Variable[] => [
  { path: `${name}.url`, fallback: null, isLink: true },
  { path: `${name}.total`, fallback: null },
  { path: `${name}.item_count`, fallback: null },
  { path: `${name}.items[0].title`, fallback: null },
]

const bySubject: Record<MailSubject, readonly Variable[]> = {
  checkout: basket('checkout'),
  cart: basket('cart'),
  order: [
    { path: 'order.name', fallback: null },
    { path: 'order.total', fallback: null },
    { path: 'order.item_count', fallback: null },
    { path: 'order.items[0].title', fallback: null },
  ],
  profile: [],
}

/** What the picker offers, the person first. */
export const variablesAbout = (about: MailSubject): readonly Variable[] => [...bySubject[about], ...always]

/** A variable as it is put into a text. */
export function variableTag({ path, fallback }: Pick<Variable, 'path' | 'fallback'>): string {
  const words = fallback?.replace(/["{}%\\]/g, '').trim()
  return words ? `{{ ${path} | default: "${words}" }}` : `{{ ${path} }}`
}

/** Whether a mail about `about` has a value at `path`, in Liquid's writing: "cart.items[0].title". */
export function isKnownVariable(path: string, about: MailSubject): boolean {
  const [root = '', field = '', ...rest] = path.replace(/\[[^\]]*\]/g, '.#').split('.')
  if (!Object.hasOwn(knownFields, root)) return false
  const fields = knownFields[root] ?? []
  if (isPurchase(root) && root !== about) return false
  if (field === '') return true
  if (!fields.includes(field)) return false
  if (field !== 'items' || rest.length === 0) return rest.length === 0
  const inItem = rest.filter((step) => step !== '#' && step !== 'first' && step !== 'last')
  return inItem.length === 0 || (inItem.length === 1 && itemFields.includes(inItem[0] ?? ''))
}

const isPurchase = (root: string) => root === 'checkout' || root === 'cart' || root === 'order'
const itemFields = ['title', 'variant_title', 'quantity', 'price', 'line_price', 'image_url', 'url', 'size']
const basketFields = ['url', 'items', 'total', 'item_count']
const knownFields: Record<string, readonly string[]> = {
  shop: ['name', 'url', 'address', 'email'],
  profile: ['first_name', 'last_name', 'email'],
  message: ['is_marketing'],
  unsubscribe_url: [],
  preferences_url: [],
  checkout: basketFields,
  cart: basketFields,
  order: ['name', 'items', 'total', 'item_count', 'is_first'],
}
