import { expect, test } from 'vitest'
import { join, sql, toStatement, verbatim } from '#app/segments/sql.ts'

test('values become parameters, numbered in the order of the finished text', () => {
  const inner = sql`b = ${2} and c = ${'x'}`
  expect(toStatement(sql`select ${verbatim('a')} where a = ${1} and ${inner} and d = ${[]}`, 6)).toEqual({
    text: 'select a where a = $6 and b = $7 and c = $8 and d = $9',
    values: [1, 2, 'x', []],
  })
})

test('a value never becomes part of the text, whatever it says', () => {
  const hostile = `'; drop table profile; --`
  expect(toStatement(sql`select ${hostile}`, 1)).toEqual({ text: 'select $1', values: [hostile] })
})

test('joined fragments keep their parameters in order', () => {
  const joined = join([sql`a = ${1}`, sql`b = ${2}`, sql`c`], ' and ')
  expect(toStatement(joined, 1)).toEqual({ text: 'a = $1 and b = $2 and c', values: [1, 2] })
  expect(toStatement(join([], ', '), 1)).toEqual({ text: '', values: [] })
})
