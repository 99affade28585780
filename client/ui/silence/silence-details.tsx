import type { Board } from '#shared/document/composition/board.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import type { Silence } from '#shared/model/silence.ts'
import { labelOf } from '../paragraph/status.ts'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { fullTime } from '../words/time.ts'
import { strings } from '../strings.ts'
import { deadlineIn } from './deadline.ts'
import styles from './silence.module.css'

const words = strings.silence

/** All silence procedures with their outcomes, latest first. */
export function SilenceDetails({ onClose }: { readonly onClose: () => void }) {
  const board = useValue(useDesk().board)
  const latest = board.silences.toReversed()
  return (
    <Dialog title={words.title} shape="side" onClose={onClose}>
      {latest.length === 0 && <p className={classes(styles.quiet)}>{words.never}</p>}
      {latest.map((silence) => (
        <Procedure key={silence.number} silence={silence} board={board} />
      ))}
    </Dialog>
  )
}

function Procedure({ silence, board }: { readonly silence: Silence; readonly board: Board }) {
  const { revision, state, deadline, zone, note, person, by, at, extended, breaks, agreed, left } = silence
  return (
    <section className={classes(styles.procedure)}>
      <h3>{words.detailsTitle(revision)}</h3>
      <p>
        <strong>{words.states[state]}</strong>, {words.until(deadlineIn(deadline, zone))}
      </p>
      <p className={classes(styles.quiet)}>{words.placedBy(person || by, fullTime(at))}</p>
      {note && <p className={classes(styles.note)}>{note}</p>}
      {extended.map((extension) => (
        <p key={extension.at} className={classes(styles.quiet)}>
          {words.extendedBy(extension.person || extension.by, deadlineIn(extension.deadline, zone))}
        </p>
      ))}
      {breaks.map((broken) => (
        <div key={`${broken.participant} ${broken.at}`} className={classes(styles.break)}>
          <p>
            <Chip participant={broken.participant} /> {words.brokenBy(broken.person, fullTime(broken.at))}
          </p>
          <p>{labelsOf(board, broken.paragraphs)}</p>
          <p className={classes(styles.note)} dir="auto">
            {broken.objection}
          </p>
          {broken.text && (
            <>
              <p className={classes(styles.quiet)}>{words.asksFor}</p>
              <p className={classes(styles.wanted)} dir="auto">
                {broken.text}
              </p>
            </>
          )}
        </div>
      ))}
      {state === 'agreed' && (
        <>
          <p>
            {words.agreedList}: {labelsOf(board, agreed)}
          </p>
          <p>
            {words.leftList}: {labelsOf(board, left)}
          </p>
        </>
      )}
    </section>
  )
}

export const labelsOf = (board: Board, paragraphs: readonly ParagraphId[]): string =>
  paragraphs
    .map((id) => labelOf(board, id))
    .filter(Boolean)
    .join(', ') || words.none
