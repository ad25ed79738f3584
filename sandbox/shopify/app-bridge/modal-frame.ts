// What surrounds a modal's content: the backdrop, the title with its close button, the actions of its title bar.

const widths: Partial<Record<string, string>> = { small: '380px', base: '620px', large: '980px', max: '100vw' }

/** The overlay element; its buttons click those of the modal's title bar. */
export function modalFrame(modal: {
  titleBar: Element | null
  variant: string
  body: HTMLElement
  onClose: () => void
}): HTMLElement {
  const isMax = modal.variant === 'max'
  const overlay = box('position:fixed;inset:0;z-index:519;background:rgba(0,0,0,.71);display:grid;place-items:center')
  const dialog = box(
    `display:flex;flex-direction:column;background:#fff;border-radius:${isMax ? 0 : 16}px;overflow:hidden;
     width:min(${widths[modal.variant] ?? widths.base},100vw);${isMax ? 'height:100vh' : 'max-height:calc(100vh - 60px)'}`,
  )
  dialog.setAttribute('role', 'dialog')
  dialog.setAttribute('aria-modal', 'true')
  const title = modal.titleBar?.getAttribute('title') ?? ''
  dialog.setAttribute('aria-label', title)
  const body = box('overflow:auto;flex:1')
  body.append(modal.body)
  dialog.append(head(title, modal.onClose), body, ...actions(modal.titleBar))
  overlay.append(dialog)
  overlay.addEventListener('click', ({ target }) => target === overlay && modal.onClose())
  overlay.addEventListener('keydown', ({ key }) => key === 'Escape' && modal.onClose())
  return overlay
}

function head(title: string, onClose: () => void): HTMLElement {
  const bar = box('display:flex;align-items:center;padding:12px 16px;background:#f3f3f3;font:650 14px Inter,sans-serif')
  const text = box('flex:1')
  text.textContent = title
  const close = button('✕', 'secondary', onClose)
  close.setAttribute('aria-label', 'Close')
  bar.append(text, close)
  return bar
}

function actions(titleBar: Element | null): HTMLElement[] {
  const sources = [...(titleBar?.querySelectorAll('button') ?? [])]
  if (sources.length === 0) return []
  const bar = box('display:flex;flex-direction:row-reverse;gap:8px;padding:12px 16px;border-top:1px solid #ebebeb')
  bar.append(
    ...sources.map((source) => {
      const copy = button(source.textContent ?? '', source.getAttribute('variant') ?? 'secondary', () => source.click())
      copy.disabled = source.hasAttribute('disabled')
      return copy
    }),
  )
  return [bar]
}

function box(css: string): HTMLElement {
  const element = document.createElement('div')
  element.style.cssText = css
  return element
}

function button(label: string, variant: string, onClick: () => void): HTMLButtonElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.textContent = label
  const colours = variant === 'primary' ? 'background:#303030;color:#fff' : 'background:#fff;color:#303030'
  element.style.cssText = `${colours};border:1px solid #ccc;border-radius:8px;padding:6px 12px;font:550 13px Inter,sans-serif`
  element.addEventListener('click', onClick)
  return element
}
