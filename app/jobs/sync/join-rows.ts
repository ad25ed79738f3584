// Puts a bulk result's rows together again: a parent, then its children, each a row that names its parent.
import { z } from 'zod'

export interface JoinedNode {
  node: Record<string, unknown>
  /** Where in the file the next parent begins: everything before is in this node or an earlier one. */
  nextOffset: number
}

/** A child stands where the operation's grouping says that it cannot: the result is not what was asked for. */
export class MisplacedRowError extends Error {
  override name = 'MisplacedRowError'
}

const rowSchema = z.looseObject({ id: z.string(), __parentId: z.string().optional() })

interface Family {
  parent: { id: string }
  /** Every list of children, by its name on the parent; empty ones too. */
  lists: Map<string, unknown[]>
}

/**
 * Joins rows that are grouped by parent, so that no more than one parent is ever held.
 * @param childLists into which list of the parent a child goes, by its kind: `{ LineItem: 'lineItems' }`
 */
export function rowJoiner(childLists: Record<string, string>) {
  let family: Family | null = null

  function close(nextOffset: number): JoinedNode | null {
    if (!family) return null
    const lists = Object.fromEntries([...family.lists].map(([name, nodes]) => [name, { nodes }]))
    return { node: { ...family.parent, ...lists }, nextOffset }
  }

  return {
    /** Takes the row that begins at `offset`; answers with the parent that it completes by beginning another. */
    take(row: unknown, offset: number): JoinedNode | null {
      const { __parentId, ...node } = rowSchema.parse(row)
      if (__parentId === undefined) {
        const finished = close(offset)
        family = { parent: node, lists: new Map(Object.values(childLists).map((name) => [name, []])) }
        return finished
      }
      const list = family?.parent.id === __parentId && family.lists.get(childLists[kindOf(node.id)] ?? '')
      if (!list) throw new MisplacedRowError(`a ${kindOf(node.id)} stands apart from its parent`)
      list.push(node)
      return null
    },
    /** The last parent, at the end of the file. */
    finish(offset: number): JoinedNode | null {
      const finished = close(offset)
      family = null
      return finished
    },
  }
}

/** "LineItem" of "gid://shopify/LineItem/1". */
function kindOf(gid: string): string {
  return gid.split('/')[3] ?? ''
}
