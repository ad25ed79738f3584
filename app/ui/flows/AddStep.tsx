// A button that adds a step at one place of a flow, of a kind that is chosen from a list.
import { ActionList, Button, Popover } from '@shopify/polaris'
import { PlusIcon } from '@shopify/polaris-icons'
import { useState } from 'react'
import { type StepKind, stepKinds } from '#app/flows/steps/registry.ts'
import { useSay } from './use-say.ts'

const kinds = Object.keys(stepKinds).filter((kind): kind is StepKind => kind in stepKinds)

export interface AddStepProps {
  /** What the button is for; shown only where `isWide`. */
  label: string
  isWide?: boolean
  onAdd(kind: StepKind): void
}

export function AddStep({ label, isWide = false, onAdd }: AddStepProps) {
  const { word } = useSay()
  const [isOpen, setOpen] = useState(false)
  const toggle = () => setOpen((open) => !open)
  const add = (kind: StepKind) => {
    setOpen(false)
    onAdd(kind)
  }
  return (
    <Popover
      active={isOpen}
      onClose={() => setOpen(false)}
      autofocusTarget="first-node"
      activator={
        isWide ? (
          <Button icon={PlusIcon} onClick={toggle} disclosure={isOpen ? 'up' : 'down'}>
            {label}
          </Button>
        ) : (
          <Button icon={PlusIcon} size="micro" accessibilityLabel={label} onClick={toggle} />
        )
      }
    >
      <ActionList
        actionRole="menuitem"
        items={kinds.map((kind) => ({ content: word(`step.${kind}.name`, kind), onAction: () => add(kind) }))}
      />
    </Popover>
  )
}
