// The history's product titles are written in capitals; a shop would not shout in its mails.

/** `HOME SWEET HOME MUG` becomes `Home sweet home mug`; titles in ordinary writing stay as they are. */
export function quietTitle(title: string): string {
  const letters = title.replace(/[^a-z]/gi, '')
  const capitals = letters.replace(/[^A-Z]/g, '')
  if (capitals.length * 2 <= letters.length) return title
  const quiet = title.toLowerCase()
  return quiet.charAt(0).toUpperCase() + quiet.slice(1)
}
