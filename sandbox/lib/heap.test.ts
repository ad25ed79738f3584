// Proves that the heap gives back everything, first things first.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHeap } from './heap.ts'

test('items come out in order however they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (numbers) => {
      const heap = createHeap<number>((left, right) => left < right)
      for (const number of numbers) heap.push(number)
      expect(heap.size).toBe(numbers.length)
      const popped = numbers.map(() => heap.pop())
      expect(popped).toEqual(numbers.toSorted((left, right) => left - right))
      expect(heap.pop()).toBeUndefined()
    }),
  )
})

test('an item pushed between pops takes its place', () => {
  const heap = createHeap<number>((left, right) => left < right)
  for (const number of [5, 1, 3]) heap.push(number)
  expect(heap.pop()).toBe(1)
  heap.push(2)
  expect([heap.peek(), heap.pop(), heap.pop(), heap.pop(), heap.peek()]).toEqual([2, 2, 3, 5, undefined])
})
