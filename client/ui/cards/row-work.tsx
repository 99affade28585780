import type { ConflictGroup, ProposalRow } from '#shared/document/composition/board.ts'
import { can } from '#shared/model/role.ts'
import { useDesk } from '../state/desk.ts'
import { useSelected, useValue } from '../state/use-value.ts'
import { classes } from '../parts/classes.ts'
import { Basis } from '../decide/basis.tsx'
import { ConditionForm } from '../decide/condition-form.tsx'
import { Consequences } from '../decide/consequences.tsx'
import { PartForm } from '../decide/part-form.tsx'
import { SupersedeForm } from '../decide/supersede-form.tsx'
import { PositionControl } from './position-control.tsx'
import { Reword } from './reword.tsx'
import { RowActions } from './row-actions.tsx'
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
