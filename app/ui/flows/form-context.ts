// What the fields of a flow's forms can choose from, and what is wrong with them.
import { type ComponentType, createContext, useContext } from 'react'

export interface ConditionFieldProps {
  label: string
  path: string
  value: unknown
  onChange(value: unknown): void
}

export interface FormSurroundings {
  /** The steps that a field may name, with how they are called. */
  steps: { id: string; label: string }[]
  mails: { id: string; label: string }[]
  flows: { id: string; label: string }[]
  /** What is wrong with the field at a path like "arms.0.weight". */
  errorOf(path: string): string | undefined
  /** Conditions hold forms, and forms conditions: so that neither has to import the other, it comes in here. */
  ConditionField: ComponentType<ConditionFieldProps>
}

export const FormSurroundingsContext = createContext<FormSurroundings>({
  steps: [],
  mails: [],
  flows: [],
  errorOf: () => undefined,
  ConditionField: () => null,
})

export const useFormSurroundings = () => useContext(FormSurroundingsContext)
