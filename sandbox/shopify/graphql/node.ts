// The shape in which the shop's things reach GraphQL: plain objects with the schema's field names, values or thunks.

/** One object; a field's value may be a function of the field's arguments. Absent fields are unknown to the store. */
export type Node = { [field: string]: unknown }

/** Shopify's DateTime has no fraction of a second. */
export function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}
