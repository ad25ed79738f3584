// A block that not everybody sees. Whether a reader does is decided before the mail is filled, as flows' filters are.

/** `content` between the tags that hide it from whom its condition is not true of. */
export function shownWhen(block: { id: string; showIf: unknown }, content: string, part: 'mjml' | 'text'): string {
  if (block.showIf === null || content === '') return content
  // MJML drops what stands between its elements, unless it is said to be meant.
  const tag = (liquid: string) => (part === 'mjml' ? `<mj-raw>${liquid}</mj-raw>` : liquid)
  return `${tag(`{% unless hidden.${block.id} %}`)}\n${content}\n${tag('{% endunless %}')}`
}
