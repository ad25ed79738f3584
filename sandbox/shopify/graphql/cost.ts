// What an operation costs by Shopify's rules: scalars 0, objects 1, mutations 10, connections 2 and each of their nodes.
// A list of objects counts each; where the length isn't known beforehand it counts one.
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'

export const singleQueryMaxCost = 1000

/** The most that the operation can cost, by its `first`, `last` and `ids` arguments. */
export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  given: Record<string, unknown>,
  operationName?: string | null,
): number {
  const operation = getOperationAST(document, operationName)
  if (!operation) return 0
  // With the defaults filled in; when they don't fit, the execution will say so.
  const variables = getVariableValues(schema, operation.variableDefinitions ?? [], given).coerced ?? given
  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  )

  function ofSelections(type: GraphQLNamedType | undefined, selections: SelectionSetNode | undefined): number {
    let total = 0
    for (const selection of selections?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        const field = fieldOf(type, selection.name.value)
        if (field) total += ofField(field, selection)
      } else {
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
        const condition = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type
        total += ofSelections(condition, fragment?.selectionSet)
      }
    }
    return total
  }

  function ofField(field: GraphQLField<unknown, unknown>, node: Parameters<typeof getArgumentValues>[1]): number {
    const type = getNamedType(field.type)
    if (!isCompositeType(type) || node.kind !== Kind.FIELD) return 0
    const inner = ofSelections(type, node.selectionSet)
    if (type.name === 'PageInfo') return 0
    if (type.name.endsWith('Edge')) return inner
    const { first, last, ids } = getArgumentValues(field, node, variables)
    if (type.name.endsWith('Connection')) return 2 + Number(first ?? last ?? 0) * inner
    if (field.name === 'node' || field.name === 'nodes') {
      return (Array.isArray(ids) ? ids.length : 1) * (1 + inner)
    }
    return 1 + inner
  }

  const root = schema.getRootType(operation.operation) ?? undefined
  const mutations = operation.operation === 'mutation' ? 10 * operation.selectionSet.selections.length : 0
  return mutations + ofSelections(root, operation.selectionSet)
}

/** What the answer was worth: the same prices for what really came. */
export function actualCost(data: unknown, isMutation: boolean): number {
  if (!isRecord(data)) return 0
  const roots = Object.values(data)
  return (isMutation ? 10 * roots.length : 0) + roots.reduce<number>((total, value) => total + worth(value), 0)
}

function worth(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((total, entry) => total + worth(entry), 0)
  if (!isRecord(value)) return 0
  const children = Array.isArray(value.nodes)
    ? value.nodes
    : Array.isArray(value.edges)
      ? value.edges.map(nodeOf)
      : null
  if (children) return 2 + worth(children)
  return 1 + worth(Object.values(value))
}

function nodeOf(edge: unknown) {
  return isRecord(edge) ? edge.node : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function fieldOf(type: GraphQLNamedType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined
}
