// `form[data-save-bar]`: the save bar appears by itself when such a form is changed.
import type { SaveBarElement } from './save-bar.ts'

/** Watches all such forms, those of later pages too. */
export function installFormSaveBars() {
  for (const type of ['input', 'change']) addEventListener(type, ({ target }) => barOf(target)?.show())
  for (const type of ['submit', 'reset']) addEventListener(type, ({ target }) => barOf(target)?.hide())
}

const bars = new WeakMap<HTMLFormElement, SaveBarElement>()

function barOf(target: EventTarget | null): SaveBarElement | null {
  const form = target instanceof Element ? target.closest<HTMLFormElement>('form[data-save-bar]') : null
  if (!form) return null
  const bar = bars.get(form) ?? makeBar(form)
  bars.set(form, bar)
  return bar
}

function makeBar(form: HTMLFormElement): SaveBarElement {
  const bar = document.createElement('ui-save-bar')
  bar.discardConfirmation = form.hasAttribute('data-discard-confirmation')
  const save = button('Save', () => form.requestSubmit())
  save.setAttribute('variant', 'primary')
  bar.append(
    save,
    button('Discard', () => form.reset()),
  )
  form.append(bar)
  return bar
}

function button(label: string, onClick: () => void): HTMLButtonElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.textContent = label
  element.addEventListener('click', onClick)
  return element
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-save-bar': SaveBarElement
  }
}
