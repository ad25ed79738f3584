// Checks the query of a bulk operation by Shopify's rules and finds the list that it starts with.
import {
  type DocumentNode,
  type FieldNode,
  getArgumentValues,
  getNamedType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { listRoots } from '../graphql/list-roots.ts'
import type { ListArguments } from '../graphql/listings.ts'
import { adminSchema, checkDocument } from '../graphql/schema.ts'

export interface BulkQuery {
  document: DocumentNode
  /** The root field's name in the schema and in the answer. */
  rootName: string
  answerName: string
  args: ListArguments
}

type CheckedBulkQuery = { query: BulkQuery } | { refusal: string }

const maxConnections = 5
const maxDepth = 2

/** The query ready to be run, or why Shopify would not take it. */
export function checkBulkQuery(source: string): CheckedBulkQuery {
  const checked = checkDocument(source)
  if ('errors' in checked) return { refusal: `Invalid bulk query: ${checked.errors[0]?.message}` }
  const { document } = checked
  const [operation, ...others] = document.definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0 || operation.operation !== 'query') {
    return { refusal: 'Bulk queries must consist of one query operation' }
  }
  const [root, ...siblings] = operation.selectionSet.selections
  if (root?.kind !== Kind.FIELD || siblings.length > 0) {
    return { refusal: 'Bulk queries must contain exactly one top-level field' }
  }
  if (!listRoots[root.name.value]) {
    return { refusal: `Bulk queries cannot start with '${root.name.value}' (or this stand-in does not implement it)` }
  }
  const refusal = connectionRefusal(document)
  return refusal ? { refusal } : { query: bulkQuery(document, root) }
}

function bulkQuery(document: DocumentNode, root: FieldNode): BulkQuery {
  const rootName = root.name.value
  const field = adminSchema().getQueryType()?.getFields()[rootName]
  const args = field ? getArgumentValues(field, root) : {}
  return { document, rootName, answerName: root.alias?.value ?? rootName, args }
}

/** Why the connections of the document are too many, too deep, or impossible to join. */
function connectionRefusal(document: DocumentNode): string | null {
  const types = new TypeInfo(adminSchema())
  let connections = 0
  let depth = 0
  let refusal: string | null = null
  const isConnection = () => getNamedType(types.getType())?.name.endsWith('Connection') ?? false
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: {
        enter() {
          if (!isConnection()) return
          connections += 1
          depth += 1
          if (depth > maxDepth + 1) refusal = `Bulk queries cannot nest connections deeper than ${maxDepth} levels`
        },
        leave(field) {
          if (!isConnection()) return
          depth -= 1
          if (holdsConnection(field) && !selectsId(field)) {
            refusal = "The parent 'node' field for a nested connection must select the 'id' field"
          }
        },
      },
    }),
  )
  if (connections > maxConnections) return `Bulk queries cannot contain more than ${maxConnections} connections`
  return refusal
}

function holdsConnection(field: FieldNode): boolean {
  return nodeSelections(field).some((selection) =>
    selection.selectionSet?.selections.some((inner) => isNamed(inner, 'edges') || isNamed(inner, 'nodes')),
  )
}

function selectsId(field: FieldNode): boolean {
  return nodeSelections(field).some((selection) => selection.name.value === 'id' && !selection.alias)
}

/** The fields that a connection's nodes are asked for. */
function nodeSelections(connection: FieldNode): FieldNode[] {
  const inner = fieldsOf(connection)
  const edges = inner.filter((field) => field.name.value === 'edges').flatMap(fieldsOf)
  const nodes = [...inner, ...edges].filter((field) => field.name.value === 'node' || field.name.value === 'nodes')
  return nodes.flatMap(fieldsOf)
}

function fieldsOf(field: FieldNode): FieldNode[] {
  return (field.selectionSet?.selections ?? []).filter((selection) => selection.kind === Kind.FIELD)
}

function isNamed(selection: { kind: Kind; name?: { value: string } }, name: string) {
  return selection.kind === Kind.FIELD && selection.name?.value === name
}
