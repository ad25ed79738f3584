// An address inside the app that leads nowhere.
import { pageLoader } from './page.server.ts'
import { problem } from './problem.server.ts'

export const loader = pageLoader(async () => {
  throw problem(404)
})

export default function Nowhere() {
  return null
}
