// A layout as the canvas wants it: nodes of known size, so that nothing has to be measured before it is drawn.
import type { Edge, Node } from '@xyflow/react'
import { useMemo } from 'react'
import { cardSize, type Layout } from '#app/flows/editing/layout.ts'

export function useFlowCards({ cards, ways }: Layout): { nodes: Node[]; edges: Edge[] } {
  return useMemo(
    () => ({
      // From top to bottom and left to right: the order of tabbing.
      nodes: cards
        .toSorted((a, b) => a.y - b.y || a.x - b.x)
        .map(({ id, x, y }) => ({ id, type: 'step', position: { x, y }, data: {}, ...cardSize })),
      edges: ways.map(({ from, field, to }) => ({
        id: `${from}/${field ?? ''}`,
        type: 'way',
        source: from,
        target: to,
      })),
    }),
    [cards, ways],
  )
}
