import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import type { Acts } from './acts.ts'
import type { ShownPiece } from './messages.ts'
import type { Source } from './session.ts'
import { wordsOf } from './source-words.ts'
import { WordChoice } from './word-choice.tsx'
import styles from './piece-bar.module.css'

const words = strings.import

interface Props {
  readonly piece: ShownPiece
  readonly source: Source
  readonly acts: Acts
  readonly onClose: () => void
}

/** The words of a piece, of which one is chosen for the next piece to begin with. */
export function DivideBar({ piece, source, acts, onClose }: Props) {
  const [first, ...list] = wordsOf(piece, source)
  return (
    <fieldset className={classes(styles.bar)}>
      <legend>{words.divideHere}</legend>
      <div className={classes(styles.words)} dir="auto">
        {first && <span>{first.text}</span>}
        <WordChoice
          words={list}
          first={0}
          labelOf={words.divideAt}
          onChoose={(word) => {
            acts.divide(word)
            onClose()
          }}
          onClose={onClose}
        />
      </div>
      <Button small onPress={onClose}>
        {words.stopDividing}
      </Button>
    </fieldset>
  )
}
