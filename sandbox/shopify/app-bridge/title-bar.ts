// `ui-title-bar`: the title and the actions of a page, or of the modal that it stands in.
import { barButton } from './bar-buttons.ts'
import { tellAdmin } from './host-channel.ts'
import { WatchedElement } from './watched-element.ts'

export class TitleBarElement extends WatchedElement {
  protected report() {
    if (this.closest('ui-modal')) return
    const actions = [...this.querySelectorAll<HTMLElement>('button, a')]
    tellAdmin({
      kind: 'title-bar',
      title: this.getAttribute('title') ?? document.title,
      buttons: actions.map(barButton),
    })
  }

  protected withdraw() {
    tellAdmin({ kind: 'title-bar', title: '', buttons: [] })
  }
}
