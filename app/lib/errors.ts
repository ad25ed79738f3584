// The two ways of saying "this cannot be": a broken invariant, and a case nobody wrote.

/** A promise of the code about itself was broken; never the fault of input from outside. */
export class InvariantError extends Error {
  override name = 'InvariantError'
}

/** Throws an `InvariantError` unless `condition` holds, and narrows its type. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}

/** Ends a `switch` over a union: the compiler refuses it as long as a case is missing. */
export function assertNever(value: never): never {
  throw new InvariantError(`unhandled case: ${JSON.stringify(value)}`)
}
