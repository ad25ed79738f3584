import { expect, test } from 'vitest'
import { compileApart } from './compile-apart.server.ts'
import { compileTemplate } from './compile-template.server.ts'

const parts = { subject: 'Hello', previewText: '', text: 'Hello' }
const inBody = (content: string) => `<mjml><mj-body>${content}</mj-body></mjml>`
const inColumn = (content: string) => inBody(`<mj-section><mj-column>${content}</mj-column></mj-section>`)

test('it compiles to the same as anywhere', async () => {
  const source = { ...parts, mjml: inColumn('<mj-text>Hello {{ profile.first_name }}</mj-text>') }
  expect(await compileApart(source)).toEqual(await compileTemplate(source))
})

test('what is wrong with a template is said as anywhere', async () => {
  for (const mjml of ['Hello', inColumn('<mj-text>{% if %}</mj-text>'), '']) {
    const source = { ...parts, mjml }
    expect(await compileApart(source)).toEqual(await compileTemplate(source))
  }
})

const style = `<mj-head><mj-style inline="inline">${'.a{color:red}'.repeat(5_000)}</mj-style></mj-head>`
const bombs = {
  'styles to be put into each of many elements': `<mjml>${style}<mj-body><mj-section><mj-column>${'<mj-text><b class="a">x</b></mj-text>'.repeat(2_500)}</mj-column></mj-section></mj-body></mjml>`,
  'openings without an end': inBody('<'.repeat(190_000)),
  'pictures of a carousel': inColumn(`<mj-carousel>${'<mj-carousel-image src="x"/>'.repeat(2_000)}</mj-carousel>`),
  'ten thousand columns': inBody(`<mj-section>${'<mj-column></mj-column>'.repeat(8_000)}</mj-section>`),
}

// Half a minute and a gigabyte, some of them. The process that asks goes on with its work meanwhile.
test.each(Object.entries(bombs))(
  'a bomb of MJML is refused, or compiled, within its bounds: %s',
  async (_name, mjml) => {
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 5)
    const result = await compileApart({ ...parts, mjml }, { deadlineMs: 2_000 })
    clearInterval(timer)
    expect(turns).toBeGreaterThan(5)
    if (!result.ok) expect(result.error).toMatch(/too much time|Content/)
  },
)

test('more that ask at once than are served at once are all answered', async () => {
  const answers = await Promise.all(Array.from({ length: 4 }, () => compileApart({ ...parts, mjml: 'Hello' })))
  expect(answers.every((answer) => !answer.ok)).toBe(true)
})
