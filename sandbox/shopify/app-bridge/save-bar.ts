// `ui-save-bar` and `shopify.saveBar`: the bar over unsaved changes, and the question before they are left behind.
import { barButton } from './bar-buttons.ts'
import { askAdmin, tellAdmin } from './host-channel.ts'
import { WatchedElement } from './watched-element.ts'

let shownBar: SaveBarElement | null = null

export class SaveBarElement extends WatchedElement {
  get showing(): boolean {
    return shownBar === this
  }

  get discardConfirmation(): boolean {
    return this.hasAttribute('discardConfirmation') && this.getAttribute('discardConfirmation') !== 'false'
  }

  set discardConfirmation(asks: boolean) {
    this.toggleAttribute('discardConfirmation', asks)
  }

  async show() {
    if (this.showing) return
    shownBar = this
    this.report()
    this.dispatchEvent(new CustomEvent('show'))
  }

  async hide() {
    if (!this.showing) return
    shownBar = null
    tellAdmin(noBar)
    this.dispatchEvent(new CustomEvent('hide'))
  }

  async toggle() {
    await (this.showing ? this.hide() : this.show())
  }

  protected report() {
    if (!this.showing) return
    const buttons = [...this.querySelectorAll('button')].map(barButton)
    const save = buttons.find(({ variant }) => variant === 'primary') ?? null
    const discard = buttons.find(({ variant }) => variant !== 'primary') ?? null
    tellAdmin({ kind: 'save-bar', isShown: true, save, discard, asksBeforeDiscard: this.discardConfirmation })
  }

  protected withdraw() {
    this.hide()
  }
}

const noBar = { kind: 'save-bar', isShown: false, save: null, discard: null, asksBeforeDiscard: false } as const

export const saveBar = {
  show: async (id: string) => barById(id)?.show(),
  hide: async (id: string) => barById(id)?.hide(),
  toggle: async (id: string) => barById(id)?.toggle(),
  /** Resolves at once without unsaved changes, else when the merchant agrees to leave them. */
  async leaveConfirmation() {
    if (!shownBar) return
    if (await askAdmin({ about: 'leave' })) return shownBar?.hide()
    return new Promise<never>(() => {})
  },
}

function barById(id: string): SaveBarElement | null {
  const element = document.getElementById(id)
  return element instanceof SaveBarElement ? element : null
}
