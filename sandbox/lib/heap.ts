// A priority queue, because a shop's life is planned ahead and told in order of time.

export interface Heap<T> {
  readonly size: number
  push(item: T): void
  /** The first item, or undefined when empty. */
  peek(): T | undefined
  pop(): T | undefined
}

/** A binary heap whose first item is the one that no other `isBefore`. */
export function createHeap<T>(isBefore: (left: T, right: T) => boolean): Heap<T> {
  const items: T[] = []
  return {
    get size() {
      return items.length
    },
    push(item) {
      items.push(item)
      moveUp(items, isBefore)
    },
    peek: () => items[0],
    pop() {
      const first = items[0]
      const last = items.pop()
      if (items.length > 0 && last !== undefined) {
        items[0] = last
        moveDown(items, isBefore)
      }
      return first
    },
  }
}

function moveUp<T>(items: T[], isBefore: (left: T, right: T) => boolean): void {
  let index = items.length - 1
  const item = items[index]!
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (!isBefore(item, items[parent]!)) break
    items[index] = items[parent]!
    index = parent
  }
  items[index] = item
}

function moveDown<T>(items: T[], isBefore: (left: T, right: T) => boolean): void {
  const item = items[0]!
  let index = 0
  for (;;) {
    let child = 2 * index + 1
    if (child >= items.length) break
    if (child + 1 < items.length && isBefore(items[child + 1]!, items[child]!)) child += 1
    if (!isBefore(items[child]!, item)) break
    items[index] = items[child]!
    index = child
  }
  items[index] = item
}
