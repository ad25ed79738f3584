// How a person is called in a list: by name, else by address, else said to have none.
import { useTranslation } from 'react-i18next'

export interface NamedPerson {
  email: string | null
  firstName: string | null
  lastName: string | null
}

export function usePersonName(): (person: NamedPerson) => string {
  const { t } = useTranslation('people')
  return ({ email, firstName, lastName }) => [firstName, lastName].filter(Boolean).join(' ') || email || t('noName')
}
