// Flattens answers into the rows of a bulk operation's JSONL: one per node, children naming their parent.

type Row = Record<string, unknown>

/**
 * The rows of one list's nodes. Grouped, each parent is followed by its own children; else all parents of the chunk
 * come first, because Shopify promises no more than that a child comes after its parent.
 */
export function rowsOf(nodes: unknown[], isGrouped: boolean): Row[] {
  const families = nodes.filter(isRecord).map((node) => flatten(node, null))
  if (isGrouped) return families.flat()
  return [...families.map(([parent]) => parent!), ...families.flatMap(([, ...children]) => children)]
}

function flatten(node: Row, parentId: unknown): Row[] {
  const children: Row[] = []
  const row = withoutConnections(node, node.id, children)
  if (parentId) row.__parentId = parentId
  return [row, ...children]
}

function withoutConnections(object: Row, id: unknown, children: Row[]): Row {
  const row: Row = {}
  for (const [name, value] of Object.entries(object)) {
    const connected = connectedNodes(value)
    if (connected) children.push(...connected.flatMap((child) => flatten(child, id)))
    else row[name] = isRecord(value) ? withoutConnections(value, value.id ?? id, children) : value
  }
  return row
}

function connectedNodes(value: unknown): Row[] | null {
  if (!isRecord(value)) return null
  if (Array.isArray(value.nodes)) return value.nodes.filter(isRecord)
  if (!Array.isArray(value.edges)) return null
  return value.edges
    .filter(isRecord)
    .map((edge) => edge.node)
    .filter(isRecord)
}

function isRecord(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The nodes of a list at the top of an answer. */
export function topNodes(connection: unknown): unknown[] {
  return connectedNodes(connection) ?? []
}
