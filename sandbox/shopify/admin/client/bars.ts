// The title bar and the save bar, drawn as the app describes them.
import type { AppMessage, BarButton } from '../protocol.ts'
import { settings, tellApp } from './app-frame.ts'
import { button, part } from './element.ts'
import { confirmed } from './question.ts'

type TitleBar = Extract<AppMessage, { kind: 'title-bar' }>
type SaveBar = Extract<AppMessage, { kind: 'save-bar' }>

const saveBar = part('save-bar', HTMLElement)
const save = part('save', HTMLButtonElement)
const discard = part('discard', HTMLButtonElement)
let shown: SaveBar | null = null

save.addEventListener('click', () => click(shown?.save))
discard.addEventListener('click', async () => {
  if (!shown?.asksBeforeDiscard || (await confirmed('Discard all unsaved changes?', 'Discard'))) click(shown?.discard)
})

export function drawTitleBar({ title, buttons }: TitleBar) {
  part('title', HTMLElement).textContent = title || settings.appName
  document.title = `${title || settings.appName} · Admin`
  const crumbs = buttons.filter(({ variant }) => variant === 'breadcrumb')
  const actions = buttons.filter(({ variant }) => variant !== 'breadcrumb')
  part('breadcrumb', HTMLElement).replaceChildren(
    ...crumbs.map((crumb) => barButton({ ...crumb, label: `‹ ${crumb.label}` })),
  )
  part('actions', HTMLElement).replaceChildren(...actions.map(barButton))
}

export function drawSaveBar(message: SaveBar) {
  shown = message.isShown ? message : null
  saveBar.hidden = !shown
  save.disabled = shown?.save?.isDisabled || shown?.save?.isLoading || false
  discard.disabled = shown?.discard?.isDisabled || shown?.discard?.isLoading || false
}

/** True when nothing is unsaved, or when the merchant agrees to lose it. */
export async function mayLeave(): Promise<boolean> {
  return !shown || (await confirmed('Leave page with unsaved changes?', 'Leave page'))
}

function barButton(described: BarButton): HTMLButtonElement {
  const className = described.tone === 'critical' ? 'critical' : described.variant
  const element = button(described.label, className, () => click(described))
  element.disabled = described.isDisabled || described.isLoading
  return element
}

function click(described: BarButton | null | undefined) {
  if (described) tellApp({ kind: 'clicked', id: described.id })
}
