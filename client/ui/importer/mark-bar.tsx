import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import type { Acts } from './acts.ts'
import { markBehind, wordsForMark } from './mark-words.ts'
import type { ShownPiece } from './messages.ts'
import type { Source } from './session.ts'
import { WordChoice } from './word-choice.tsx'
import styles from './piece-bar.module.css'

const words = strings.import

interface Props {
  /** A footnote. */
  readonly piece: ShownPiece
  readonly pieces: readonly ShownPiece[]
  readonly source: Source
  readonly acts: Acts
  readonly onClose: () => void
}

/** The words before a footnote, of which one is chosen for its mark to stand behind. */
export function MarkBar({ piece, pieces, source, acts, onClose }: Props) {
  const { list, current } = wordsForMark(pieces, acts.current, source)
  const set = (mark: Parameters<Acts['setMark']>[0]) => {
    acts.setMark(mark)
    onClose()
  }
  return (
    <fieldset className={classes(styles.bar)}>
      <legend>{list.length === 0 ? words.noWordsForMark : words.markHere}</legend>
      <div className={classes(styles.words)} dir="auto">
        <WordChoice
          words={list}
          first={current}
          labelOf={words.markAt}
          onChoose={(word) => set(markBehind(word))}
          onClose={onClose}
        />
      </div>
      {piece.markedAt && (
        <Button small onPress={() => set(null)}>
          {words.noMark}
        </Button>
      )}
      <Button small onPress={onClose}>
        {words.stopDividing}
      </Button>
    </fieldset>
  )
}
