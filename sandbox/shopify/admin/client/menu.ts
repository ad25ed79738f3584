// The app's pages in the navigation, with the current one marked, and the admin's own address in step with them.
import type { MenuItem } from '../protocol.ts'
import { settings, tellApp } from './app-frame.ts'
import { mayLeave } from './bars.ts'
import { part } from './element.ts'

const menu = part('app-menu', HTMLUListElement)
let items: MenuItem[] = []
let current = ''

export function drawMenu(all: MenuItem[]) {
  items = all.filter(({ isHome }) => !isHome)
  draw()
}

/** The app shows another page. */
export function markLocation(path: string) {
  current = path
  history.replaceState(null, '', settings.base + path)
  draw()
}

function draw() {
  const best = items.filter(({ path }) => current === path || current.startsWith(`${path}/`)).at(-1)
  menu.previousElementSibling?.classList.toggle('current', !best)
  menu.replaceChildren(
    ...items.map((item) => {
      const link = document.createElement('a')
      link.href = settings.base + item.path
      link.textContent = item.label
      link.className = item === best ? 'item current' : 'item'
      if (item === best) link.setAttribute('aria-current', 'page')
      link.addEventListener('click', (event) => follow(event, item.path))
      const entry = document.createElement('li')
      entry.append(link)
      return entry
    }),
  )
}

async function follow(event: MouseEvent, path: string) {
  event.preventDefault()
  if (await mayLeave()) tellApp({ kind: 'navigate', path })
}
