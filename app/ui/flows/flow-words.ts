// How the steps, ways and rules of a flow are said on its pages.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Definition } from '#app/flows/definition.ts'
import { outline } from '#app/flows/editing/outline.ts'
import type { Problem } from '#app/flows/step-problems.ts'
import { kindOfStep } from '#app/flows/steps/registry.ts'
import { kindOfTrigger } from '#app/flows/triggers/registry.ts'
import { conditionTold } from '#app/segments/condition-told.ts'
import { useSay } from './use-say.ts'

export interface Mail {
  id: string
  subject: string
}

export interface FlowWords {
  trigger(definition: Definition): string
  /** What the rules say, each in a sentence. */
  rules(definition: Definition): string[]
  step(definition: Definition, id: string): string
  way(definition: Definition, id: string, field: string): string
  /** "3. Wait 1 hour" */
  numbered(definition: Definition, id: string): string
  problem(problem: Problem): string
}

export function useFlowWords(mails: readonly Mail[]): FlowWords {
  const { t } = useTranslation('flows')
  const { tell, word, money } = useSay()
  return useMemo(() => {
    const subjects = new Map(mails.map(({ id, subject }) => [id, subject]))
    const mail = (id: string) => subjects.get(id) ?? t('step.send-email.noMail')
    const stepWords: FlowWords['step'] = ({ steps }, id) => {
      const step = steps[id]
      return step ? tell(kindOfStep(step).tell(step, { money, mail })) : id
    }
    return {
      step: stepWords,
      trigger: ({ trigger }) => tell(kindOfTrigger(trigger).tell(trigger)),
      rules({ entry, filter, reentry, newestOnly, exits }) {
        const holds = (key: 'rules.entry' | 'rules.filter', condition: NonNullable<typeof entry>) =>
          t(key, { condition: tell(conditionTold(condition, money)) })
        const again =
          typeof reentry === 'string'
            ? t(`rules.reentry-${reentry}`)
            : t('rules.reentry-days', { count: reentry.afterDays })
        const ends = [...new Set(exits.map(({ on }) => on))].map((on) => t('rules.exit', { event: t(`event.${on}`) }))
        return [
          ...(entry ? [holds('rules.entry', entry)] : []),
          ...(filter ? [holds('rules.filter', filter)] : []),
          again,
          ...(newestOnly ? [t('rules.newestOnly')] : []),
          ...ends,
          t('rules.unsubscribe'),
        ]
      },
      way({ steps }, id, field) {
        const step = steps[id]
        const arm = /^arms\.(\d+)\./.exec(field)
        if (step?.kind === 'split' && arm) return t('way.arm', { name: step.arms[Number(arm[1])]?.name ?? '' })
        return word(`way.${field}`, field)
      },
      numbered(definition, id) {
        const line = outline(definition).find((each) => each.kind === 'step' && each.id === id)
        return `${line?.kind === 'step' ? `${line.number}. ` : ''}${stepWords(definition, id)}`
      },
      problem: ({ field, message }) => `${field ? `${word(`field.${field.split('.')[0]}`, field)}: ` : ''}${message}`,
    }
  }, [mails, t, tell, word, money])
}
