// Asks the merchant before something is lost.
import { part } from './element.ts'

const dialog = part('question', HTMLDialogElement)

/** Shows the question; true when `yes` was chosen. */
export function confirmed(question: string, yes: string): Promise<boolean> {
  dialog.querySelector('p')!.textContent = question
  dialog.querySelector('button[value=yes]')!.textContent = yes
  dialog.returnValue = 'no'
  dialog.showModal()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true })
  })
}
