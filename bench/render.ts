// How many mails a second are filled from a compiled template: parsed once, beside parsed for every mail.
import { invariant } from '#app/lib/errors.ts'
import { renderMessage } from '#app/messages/rendering/render-message.ts'
import { sampleVariables } from '#app/messages/rendering/sample-variables.ts'
import { reminderTemplate } from '#tests/builders/messages.ts'
import type { CpuMeter } from './lib/cpu.ts'
import { type Measured, measure } from './lib/measure.ts'
import { printReport } from './lib/report.ts'

const mails = 10_000
const baselineMails = 2_000

const ownCpu: CpuMeter = {
  usedMs() {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  },
}
const template = await reminderTemplate()

await render(2_000, () => template)
// A template that differs in one comment is another one, which has to be parsed.
const baseline = await render(baselineMails, (n) => ({ ...template, html: `${template.html}<!-- ${n} -->` }))
const ours = await render(mails, () => template)
printReport({ name: 'render', ...ours, baseline })

function render(count: number, templateOf: (n: number) => typeof template): Promise<Measured> {
  return measure(ownCpu, async () => {
    for (let n = 0; n < count; n++) {
      const variables = { ...sampleVariables, profile: { ...sampleVariables.profile, first_name: `Ada ${n}` } }
      const mail = renderMessage(templateOf(n), variables, {
        utm: { campaign: 'abandoned-checkout', content: 'reminder' },
      })
      invariant(mail.ok && mail.html.includes(`Ada ${n}`), 'the mail is not filled')
    }
    return { items: count }
  })
}
