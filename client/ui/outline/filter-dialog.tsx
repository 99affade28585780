import type { Board } from '#shared/document/composition/board.ts'
import { ParticipantPicker } from '../participants/participant-picker.tsx'
import { participantsIn } from '../participants/present.ts'
import { classes } from '../parts/classes.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useDesk } from '../state/desk.ts'
import { strings } from '../strings.ts'
import type { Filter } from './filter.ts'
import styles from './outline.module.css'

const words = strings.filtering

/** The dialog for the filters by delegation and by meeting. */
export function FilterDialog({ board, onClose }: { readonly board: Board; readonly onClose: () => void }) {
  const desk = useDesk()
  const choose = (filter: Filter) => {
    desk.filter.set(filter)
    onClose()
  }
  return (
    <Dialog title={words.title} onClose={onClose}>
      <ParticipantPicker
        label={words.participant}
        present={participantsIn(board)}
        onPick={(participant) => {
          if (participant !== null) choose({ kind: 'participant', participant })
        }}
        focused
      />
      {board.meetings.length > 0 && (
        <section className={classes(styles.meetings)} aria-labelledby="filter-meetings">
          <h3 id="filter-meetings">{words.meeting}</h3>
          {board.meetings.toReversed().map(({ id, title }) => (
            <Button key={id} onPress={() => choose({ kind: 'meeting', meeting: id })}>
              {title}
            </Button>
          ))}
        </section>
      )}
    </Dialog>
  )
}
