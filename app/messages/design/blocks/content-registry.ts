// The kinds of blocks that may also stand in a column. A new one is a file and a line here.
import { z } from 'zod'
import { button } from './button.ts'
import { divider } from './divider.ts'
import { heading } from './heading.ts'
import { image } from './image.ts'
import { product } from './product.ts'
import { social } from './social.ts'
import { spacer } from './spacer.ts'
import { text } from './text.ts'

export const contentKinds = { heading, text, image, button, product, divider, spacer, social }

export const contentBlockSchema = z.discriminatedUnion('kind', [
  heading.schema,
  text.schema,
  image.schema,
  button.schema,
  product.schema,
  divider.schema,
  spacer.schema,
  social.schema,
])
export type ContentBlock = z.output<typeof contentBlockSchema>
