import { expect, test } from 'vitest'
import { MisplacedRowError, rowJoiner } from './join-rows.ts'

const order = (id: number) => ({ id: `gid://shopify/Order/${id}`, name: `#${id}` })
const line = (id: number, of: number) => ({ id: `gid://shopify/LineItem/${id}`, __parentId: order(of).id })

test('a parent is handed out with its children when the next one begins, and the last one at the end', () => {
  const joiner = rowJoiner({ LineItem: 'lineItems' })
  expect(joiner.take(order(1), 0)).toBeNull()
  expect(joiner.take(line(10, 1), 100)).toBeNull()
  expect(joiner.take(line(11, 1), 200)).toBeNull()
  expect(joiner.take(order(2), 300)).toEqual({
    node: { ...order(1), lineItems: { nodes: [{ id: line(10, 1).id }, { id: line(11, 1).id }] } },
    nextOffset: 300,
  })
  expect(joiner.finish(400)).toEqual({ node: { ...order(2), lineItems: { nodes: [] } }, nextOffset: 400 })
  expect(joiner.finish(400)).toBeNull()
})

test('a child that stands apart from its parent is an error, never lost in silence', () => {
  const joiner = rowJoiner({ LineItem: 'lineItems' })
  expect(() => joiner.take(line(10, 1), 0)).toThrow(MisplacedRowError)
  joiner.take(order(1), 0)
  expect(() => joiner.take(line(20, 2), 0)).toThrow(MisplacedRowError)
  expect(() => joiner.take({ id: 'gid://shopify/Refund/1', __parentId: order(1).id }, 0)).toThrow(MisplacedRowError)
})
