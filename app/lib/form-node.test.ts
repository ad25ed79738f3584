import { expect, test } from 'vitest'
import { stepKinds } from '#app/flows/steps/registry.ts'
import { triggerSchema } from '#app/flows/triggers/registry.ts'
import { leafSchema } from '#app/segments/conditions/registry.ts'
import { blankOf, formOf, variantIn } from './form-node.ts'

test.each(Object.entries(stepKinds))(
  'the step %s has a form with a field for everything that it can say',
  (_kind, kind) => {
    const form = formOf(kind.schema)
    expect(form.type).toBe('object')
    const names = form.type === 'object' ? form.fields.map(({ name }) => name) : []
    expect(names).toEqual(expect.arrayContaining(Object.keys(kind.blank('x'))))
  },
)

test('what a form of a condition or trigger begins with is of the variant that was chosen', () => {
  for (const schema of [leafSchema, triggerSchema]) {
    const form = formOf(schema)
    if (form.type !== 'oneOf') throw new Error('a union has variants')
    for (const [index, variant] of form.variants.entries()) {
      const blank = blankOf(variant.node)
      expect(blank).toMatchObject({ kind: variant.name })
      expect(variantIn(form.variants, blank)).toBe(index)
    }
  }
})
