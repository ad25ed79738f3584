// The one resolver for every field of every type, over plain objects.
import { GraphQLError, type GraphQLFieldResolver, getNamedType, isNonNullType, isObjectType } from 'graphql'
import { connectionOf, type PageArguments } from './connection.ts'
import { type Node, timestamp } from './node.ts'

/** What resolvers know besides the objects. */
interface ResolverContext {
  /** In a bulk operation nested connections come whole, without `first`. */
  isBulk: boolean
}

/** Resolves any field of any type from such objects; arrays become connections where the schema says so. */
export const resolveField: GraphQLFieldResolver<Node, ResolverContext, PageArguments> = (
  source,
  args,
  request,
  info,
) => {
  const { parentType, fieldName, returnType, schema } = info
  const isRoot = parentType === schema.getQueryType() || parentType === schema.getMutationType()
  const value = source[fieldName]
  if (value === undefined) {
    if (isRoot) throw new GraphQLError(`The stand-in for Shopify does not implement the field '${fieldName}'.`)
    if (!isNonNullType(returnType)) return null
    throw new GraphQLError(`The stand-in's store does not know ${parentType.name}.${fieldName}.`)
  }
  const result = typeof value === 'function' ? value(args) : value
  if (result instanceof Date) return timestamp(result)
  const type = getNamedType(returnType)
  if (!Array.isArray(result) || !isObjectType(type) || !type.name.endsWith('Connection')) return result
  const listing = { items: result, toNode: (item: Node) => item, position: (_item: Node, index: number) => index }
  return connectionOf(listing, request.isBulk ? { first: result.length } : checkedPage(args, fieldName))
}

/** Page arguments as Shopify demands them: exactly one of `first` and `last`, at most 250. */
export function checkedPage(args: PageArguments, fieldName: string): PageArguments {
  const { first, last } = args
  if (typeof first === typeof last) throw new GraphQLError(`you must provide one of first or last (${fieldName})`)
  const size = first ?? last ?? 0
  if (size < 0 || size > 250) throw new GraphQLError(`first and last must be between 0 and 250 (${fieldName})`)
  return args
}
