// `ui-modal` and `shopify.modal`: an overlay over the app's page with the app's own content or another page in it.
import { tellAdmin } from './host-channel.ts'
import { modalFrame } from './modal-frame.ts'

export class ModalElement extends HTMLElement {
  /** What is shown inside; frameworks render into it before the modal is open. */
  content: HTMLElement = document.createElement('div')
  private overlay: HTMLElement | null = null

  get variant(): string {
    return this.getAttribute('variant') ?? 'base'
  }

  set variant(variant: string) {
    this.setAttribute('variant', variant)
  }

  get src(): string | null {
    return this.getAttribute('src')
  }

  set src(src: string | null) {
    if (src === null) this.removeAttribute('src')
    else this.setAttribute('src', src)
  }

  get contentWindow(): Window | null {
    return this.overlay?.querySelector('iframe')?.contentWindow ?? null
  }

  disconnectedCallback() {
    this.hide()
  }

  async show() {
    if (this.overlay) return
    this.adoptChildren()
    const titleBar = this.querySelector('ui-title-bar')
    this.overlay = modalFrame({
      titleBar,
      variant: this.variant,
      body: this.src ? pageFrame(this.src) : this.content,
      onClose: () => this.hide(),
    })
    document.body.append(this.overlay)
    tellAdmin({ kind: 'modal', isOpen: true })
    this.dispatchEvent(new CustomEvent('show'))
  }

  async hide() {
    if (!this.overlay) return
    this.overlay.remove()
    this.overlay = null
    tellAdmin({ kind: 'modal', isOpen: false })
    this.dispatchEvent(new CustomEvent('hide'))
  }

  async toggle() {
    await (this.overlay ? this.hide() : this.show())
  }

  /** Without a framework the content stands between the tags. */
  private adoptChildren() {
    if (this.content.childElementCount > 0) return
    const children = [...this.children].filter(
      ({ localName }) => localName !== 'ui-title-bar' && localName !== 'ui-save-bar',
    )
    this.content.append(...children)
  }
}

export const modal = {
  show: async (id: string) => modalById(id)?.show(),
  hide: async (id: string) => modalById(id)?.hide(),
  toggle: async (id: string) => modalById(id)?.toggle(),
}

function modalById(id: string): ModalElement | null {
  const element = document.getElementById(id)
  return element instanceof ModalElement ? element : null
}

function pageFrame(src: string): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  frame.src = src
  frame.style.cssText = 'border:0;width:100%;height:100%;min-height:60vh;display:block'
  return frame
}
