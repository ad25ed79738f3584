// A binary heap of things due at a time; equal times leave in the order they came.

type Entry<T> = { dueMs: number; order: number; item: T }

export type TimeQueue<T> = {
  push(dueMs: number, item: T): void
  /** Takes the earliest item that is due by `nowMs`, or returns undefined. */
  takeDue(nowMs: number): T | undefined
  nextMs(): number | undefined
}

/** An empty queue. */
export function createTimeQueue<T>(): TimeQueue<T> {
  const heap: Entry<T>[] = []
  let order = 0
  return {
    push(dueMs, item) {
      heap.push({ dueMs, order: order++, item })
      siftUp(heap)
    },
    takeDue(nowMs) {
      const first = heap[0]
      if (!first || first.dueMs > nowMs) return undefined
      const last = heap.pop()!
      if (heap.length > 0) {
        heap[0] = last
        siftDown(heap)
      }
      return first.item
    },
    nextMs: () => heap[0]?.dueMs,
  }
}

function siftUp<T>(heap: Entry<T>[]) {
  let child = heap.length - 1
  while (child > 0) {
    const parent = (child - 1) >> 1
    if (!isBefore(heap[child]!, heap[parent]!)) return
    swap(heap, child, parent)
    child = parent
  }
}

function siftDown<T>(heap: Entry<T>[]) {
  let parent = 0
  while (true) {
    const left = parent * 2 + 1
    if (left >= heap.length) return
    const right = left + 1
    const smaller = right < heap.length && isBefore(heap[right]!, heap[left]!) ? right : left
    if (!isBefore(heap[smaller]!, heap[parent]!)) return
    swap(heap, parent, smaller)
    parent = smaller
  }
}

function isBefore<T>(a: Entry<T>, b: Entry<T>): boolean {
  return a.dueMs === b.dueMs ? a.order < b.order : a.dueMs < b.dueMs
}

function swap<T>(heap: Entry<T>[], a: number, b: number) {
  const entry = heap[a]!
  heap[a] = heap[b]!
  heap[b] = entry
}
