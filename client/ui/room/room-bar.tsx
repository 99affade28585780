import { EyeOff, Landmark, Lock, PenLine } from 'lucide-react'
import { nameOf } from '#shared/directory/directory.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { silenceToShow, SilenceNote } from '../silence/silence-note.tsx'
import { useDesk } from '../state/desk.ts'
import { useNow } from '../hooks/now.ts'
import { useSelected, useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import styles from './room.module.css'

/** The bar under the header with what holds for the whole room now and in whose name the person writes, if anything. */
export function RoomBar() {
  const desk = useDesk()
  const silence = useSelected(desk.board, (board) => silenceToShow(board.silences, Date.now()))
  const meeting = useSelected(desk.board, ({ meetings }) =>
    meetings.findLast(({ closedAt }) => closedAt === null),
  )
  const unattributed = useSelected(desk.board, ({ policy }) => policy?.attribution === 'unattributed')
  const writing = useValue(desk.writing)
  // Renders again as time passes, so that an old outcome of a silence procedure disappears.
  useNow()
  const shown = silence !== null || meeting !== undefined || unattributed
  const own = writing.onBehalfOf !== null || writing.space !== null
  if (!shown && !own) return null
  return (
    <div className={classes(styles.bar)}>
      {silence && <SilenceNote silence={silence} />}
      {meeting && (
        <div className={classes(styles.note)}>
          <Landmark aria-hidden="true" />
          <button
            type="button"
            className={classes(styles.link)}
            onClick={() => desk.dialog.set({ kind: 'meeting' })}
          >
            {strings.room.on(meeting.title)}
          </button>
        </div>
      )}
      {unattributed && (
        <p className={classes(styles.note)} title={strings.room.unattributedTitle}>
          <EyeOff aria-hidden="true" />
          {strings.room.unattributedOn}
        </p>
      )}
      {own && <WritingNote />}
    </div>
  )
}

/** Shows that the person writes for others or in private. */
function WritingNote() {
  const desk = useDesk()
  const { onBehalfOf, space } = useValue(desk.writing)
  return (
    <div className={classes(styles.note, styles.own)}>
      {onBehalfOf !== null && (
        <>
          <PenLine aria-hidden="true" />
          <p>{strings.writing.forWhom(nameOf(onBehalfOf))}</p>
        </>
      )}
      {space !== null && (
        <>
          <Lock aria-hidden="true" />
          <p>{strings.writing.privateHint(nameOf(space))}</p>
        </>
      )}
      <Button small look="quiet" onPress={() => desk.writing.set({ onBehalfOf: null, space: null })}>
        {space === null ? strings.writing.backToOurselves : strings.writing.table}
      </Button>
    </div>
  )
}
