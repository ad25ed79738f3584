// Cursor pagination over a list that may change between two pages: a cursor holds a position in the order, not an offset.
import { GraphQLError } from 'graphql'
import type { Node } from './node.ts'

export interface PageArguments {
  first?: number | null
  last?: number | null
  after?: string | null
  before?: string | null
}

export interface Listing<T> {
  /** In order of `position`, ascending. */
  items: T[]
  toNode(item: T): Node
  /** What a cursor to this item remembers. Positions are unique and rise with the order. */
  position(item: T, index: number): Position
  isReversed?: boolean
}

/** A number, or a sort value with the id that breaks ties. */
export type Position = number | [value: string | number, id: number]

/** The connection object (edges, nodes, pageInfo) for one page of a listing. */
export function connectionOf<T>(listing: Listing<T>, page: PageArguments): Node {
  const direction = listing.isReversed ? -1 : 1
  const placed = listing.items.map((item, index) => ({ item, position: listing.position(item, index) }))
  if (listing.isReversed) placed.reverse()
  const after = page.after ? parseCursor(page.after) : null
  const before = page.before ? parseCursor(page.before) : null
  const inRange = placed.filter(
    ({ position }) =>
      (after === null || comparePositions(position, after) * direction > 0) &&
      (before === null || comparePositions(position, before) * direction < 0),
  )
  const size = page.first ?? page.last ?? inRange.length
  const shown = page.first == null && page.last != null ? inRange.slice(-size) : inRange.slice(0, size)
  const isCut = inRange.length > shown.length
  const isFromEnd = page.first == null && page.last != null
  return {
    edges: () => shown.map(({ item, position }) => ({ cursor: cursorTo(position), node: listing.toNode(item) })),
    nodes: () => shown.map(({ item }) => listing.toNode(item)),
    pageInfo: {
      hasNextPage: isFromEnd ? before !== null : isCut,
      hasPreviousPage: isFromEnd ? isCut : after !== null,
      startCursor: shown[0] ? cursorTo(shown[0].position) : null,
      endCursor: shown.length > 0 ? cursorTo(shown[shown.length - 1]!.position) : null,
    },
  }
}

/** Orders two positions of one listing. */
export function comparePositions(left: Position, right: Position): number {
  if (typeof left === 'number' || typeof right === 'number') return Number(left) - Number(right)
  if (left[0] !== right[0]) return left[0] < right[0] ? -1 : 1
  return left[1] - right[1]
}

function cursorTo(position: Position) {
  return Buffer.from(JSON.stringify(position)).toString('base64')
}

function parseCursor(cursor: string): Position {
  try {
    return positionFrom(JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')))
  } catch (error) {
    if (error instanceof SyntaxError) throw new GraphQLError(`Invalid cursor: ${cursor}`)
    throw error
  }
}

function positionFrom(value: unknown): Position {
  if (typeof value === 'number') return value
  if (Array.isArray(value) && (typeof value[0] === 'string' || typeof value[0] === 'number')) {
    return [value[0], Number(value[1])]
  }
  throw new GraphQLError('Invalid cursor')
}
