import { ChevronDown, ChevronUp, Redo2, Undo2 } from 'lucide-react'
import { Button, IconButton } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import type { Acts } from './acts.ts'
import type { Reading } from './messages.ts'
import type { ImportSession, ImportState, Source } from './session.ts'
import styles from './importer.module.css'

const words = strings.import

interface Props {
  readonly session: ImportSession
  readonly state: ImportState
  readonly source: Source
  readonly reading: Reading
  readonly acts: Acts
}

/** What is open, how much is to check, and the way to it. */
export function LookHead({ session, state, source, reading, acts }: Props) {
  const doubtful = reading.pieces.filter(({ doubts }) => doubts.length > 0).length
  const { answers, past, future } = state
  const changes = answers.answers.length + answers.names.length
  return (
    <div className={classes(styles.head)}>
      <p className={classes(styles.file)}>
        <bdi>{source.name ?? words.pastedName}</bdi>
        <Button small look="quiet" onPress={() => session.choose()}>
          {words.chooseOther}
        </Button>
      </p>
      <div className={classes(styles.tools)}>
        <output className={classes(styles.count)} data-clear={doubtful === 0 || undefined}>
          {words.toCheck(doubtful)}
        </output>
        <IconButton
          label={words.previous}
          shortcut="k"
          isDisabled={doubtful === 0}
          onPress={() => acts.goToDoubt(-1)}
        >
          <ChevronUp aria-hidden="true" />
        </IconButton>
        <IconButton
          label={words.next}
          shortcut="j"
          isDisabled={doubtful === 0}
          onPress={() => acts.goToDoubt(1)}
        >
          <ChevronDown aria-hidden="true" />
        </IconButton>
        <span className={classes(styles.changes)}>{words.changed(changes)}</span>
        <IconButton
          label={words.undo}
          shortcut="u"
          isDisabled={past.length === 0}
          onPress={() => session.undo()}
        >
          <Undo2 aria-hidden="true" />
        </IconButton>
        <IconButton
          label={words.redo}
          shortcut="Shift u"
          isDisabled={future.length === 0}
          onPress={() => session.redo()}
        >
          <Redo2 aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  )
}
