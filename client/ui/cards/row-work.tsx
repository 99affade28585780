import type { ConflictGroup, ProposalRow } from '#shared/document/composition/board.ts'
import { can } from '#shared/model/role.ts'
import { useState } from 'react'
import { useDesk } from '../state/desk.ts'
import { useSelected, useValue } from '../hooks/use-value.ts'
import { classes } from '../parts/classes.ts'
import { Basis } from '../decide/basis.tsx'
import { ConditionForm } from '../decide/forms/condition-form.tsx'
import { Consequences } from '../decide/consequences.tsx'
import { PartForm } from '../decide/forms/part-form.tsx'
import { SupersedeForm } from '../decide/forms/supersede-form.tsx'
import { PositionControl } from '../positions/position-control.tsx'
import { RowActions } from './row-actions.tsx'
import { decide } from '../state/decide.ts'
import { Field } from '../parts/form/field.tsx'
import { strings } from '../strings.ts'
import { TaskForm } from '../decide/forms/task-form.tsx'
import styles from './row.module.css'

interface Props {
  readonly row: ProposalRow
  readonly place: ConflictGroup
  readonly label: string
  /** "EU’s insertion in 3". */
  readonly what: string
}

/** The actions on the current card, or the form of the action that was begun. */
export function RowWork({ row, place, label, what }: Props) {
  const desk = useDesk()
  const actor = useValue(desk.actor)
  const task = useSelected(desk.task, (now) => (now?.proposal === row.id ? now.kind : null))
  switch (task) {
    case 'reword':
      return <Reword row={row} what={what} />
    case 'part':
      return <PartForm row={row} what={what} />
    case 'condition':
      return <ConditionForm row={row} />
    case 'supersede':
      return <SupersedeForm row={row} what={what} />
    case null:
      return (
        <>
          {row.space === null && (
            <div className={classes(styles.control)}>
              <PositionControl
                on={row.id}
                positions={row.positions}
                wording={row.spokenOf.wording}
                proponent={row.proponent}
                what={what}
              />
            </div>
          )}
          <RowActions row={row} place={place} label={label} what={what} />
          {can(actor.role, 'decide') && row.space === null && (
            <>
              <Consequences row={row} />
              <Basis />
            </>
          )}
        </>
      )
  }
}

/** The form for accepting with changes: the wording can be edited before it is accepted. */
function Reword({ row, what }: Pick<Props, 'row' | 'what'>) {
  const desk = useDesk()
  const [text, setText] = useState(row.text || row.struck)
  return (
    <TaskForm
      row={row}
      label={strings.act.wordingFor(what)}
      confirm={strings.act.confirm}
      onConfirm={() => void decide(desk, row.id, { kind: 'accept-with-changes', text })}
    >
      <Field
        label={strings.act.wording}
        value={text}
        onChange={setText}
        lines={Math.min(8, Math.max(2, Math.ceil(text.length / 38)))}
        serif
        focused
      />
    </TaskForm>
  )
}
