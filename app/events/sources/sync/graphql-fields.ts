// The shapes that the Admin API's GraphQL answers have in common.
import { z } from 'zod'
import { amount, currency, minorOf } from '#app/events/sources/fields.ts'

/** A list of children in any of its forms: joined by hand, `nodes`, or `edges`. */
export const connection = <Node extends z.ZodType>(node: Node) => z.preprocess(childrenOf, z.array(node))

const edges = z.object({ edges: z.array(z.object({ node: z.unknown() })) })
const nodes = z.object({ nodes: z.array(z.unknown()) })

function childrenOf(value: unknown): unknown {
  const inEdges = edges.safeParse(value)
  if (inEdges.success) return inEdges.data.edges.map((edge) => edge.node)
  const inNodes = nodes.safeParse(value)
  return inNodes.success ? inNodes.data.nodes : (value ?? [])
}

/** An amount in the shop's currency. */
export const moneyBag = z.object({ shopMoney: z.object({ amount, currencyCode: currency }) })

/** `bag` in minor units. */
export const minorOfBag = ({ shopMoney }: z.infer<typeof moneyBag>) => minorOf(shopMoney.amount, shopMoney.currencyCode)

/** A row of the sync: a node of the Admin API, and whether it tells of the time before the shop installed Tern. */
export const syncRow = <Node extends z.ZodType>(node: Node) => z.object({ historic: z.boolean(), node })
