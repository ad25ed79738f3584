import { expect, test } from 'vitest'
import { quietTitle } from './quiet-title.ts'

test.each([
  ['HOME SWEET HOME MUG', 'Home sweet home mug'],
  ['BAG 500g SWIRLY MARBLES', 'Bag 500g swirly marbles'],
  ['3 HEARTS HANGING', '3 hearts hanging'],
  ['Doormat with letters', 'Doormat with letters'],
  ['', ''],
])('%j is written as %j', (title, quiet) => {
  expect(quietTitle(title)).toBe(quiet)
})
