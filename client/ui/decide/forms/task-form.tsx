import type { KeyboardEvent, ReactNode } from 'react'
import { Group } from 'react-aria-components'
import type { ProposalRow } from '#shared/document/composition/board.ts'
import { useDesk } from '../../state/desk.ts'
import { modKey } from '../../state/shortcuts.ts'
import { useSelected } from '../../hooks/use-value.ts'
import { Button } from '../../parts/button.tsx'
import { classes } from '../../parts/classes.ts'
import { strings } from '../../strings.ts'
import styles from './task-form.module.css'

interface Props {
  readonly row: ProposalRow
  readonly label: string
  readonly confirm: string
  readonly onConfirm: () => void
  /** Whether it cannot be confirmed yet. */
  readonly disabled?: boolean
  readonly children: ReactNode
}

/** A form on a card. Mod-Enter confirms it, and Escape returns to the card. */
export function TaskForm({ row, label, confirm, onConfirm, disabled = false, children }: Props) {
  const desk = useDesk()
  const busy = useSelected(desk.busy, (ids) => ids.has(row.id))
  const leave = () => {
    desk.task.set(null)
    desk.wantFocus(row.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') leave()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      if (!disabled) onConfirm()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <Group className={classes(styles.form)} onKeyDown={onKeyDown} aria-label={label}>
      {children}
      <div className={classes(styles.actions)}>
        <Button
          small
          look="primary"
          isDisabled={disabled}
          isPending={busy}
          shortcut={`${modKey(navigator.userAgent)} ↵`}
          onPress={onConfirm}
        >
          {confirm}
        </Button>
        <Button small look="quiet" shortcut={strings.shortcuts.keys.leave} onPress={leave}>
          {strings.cancel}
        </Button>
      </div>
    </Group>
  )
}
