// Who is behind an address: the shop's customers by name.
import type { Store } from '#sandbox/store/model.ts'

/** The answer is null for somebody who is no customer. */
export function customerNames({ customers }: Store): (address: string) => string | null {
  let names = new Map<string, string>()
  return (address) => {
    // Customers come and never go, so the number tells whether there are new ones.
    if (names.size < customers.size)
      names = new Map(
        [...customers.values()].map(({ email, firstName, lastName }) => [email, `${firstName} ${lastName}`]),
      )
    return names.get(address) ?? null
  }
}
