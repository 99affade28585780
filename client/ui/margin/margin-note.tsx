import { can } from '#shared/model/role.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { useSelected, useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import styles from './margin-note.module.css'

/** Shown in place of cards while there are none. */
export function MarginNote() {
  const desk = useDesk()
  const view = useValue(desk.view)
  const actor = useValue(desk.actor)
  const bare = useSelected(desk.board, (board) => board.open === 0 && board.decided.length === 0)
  if (view === 'clean' || view === 'base')
    return (
      <div className={classes(styles.note)}>
        <p>{strings.viewNotes[view]}.</p>
        <Button small look="quiet" onPress={() => desk.view.set('all')}>
          {strings.cards.backToAll}
        </Button>
      </div>
    )
  if (!bare) return null
  return (
    <div className={classes(styles.note)}>
      <h2>{strings.cards.emptyTitle}</h2>
      <p>
        {can(actor.role, 'decide')
          ? strings.cards.emptyFacilitator
          : can(actor.role, 'propose') && actor.participant
            ? strings.cards.emptyPropose(actor.participant)
            : strings.cards.emptyObserve}
      </p>
    </div>
  )
}
