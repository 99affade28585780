import type { ParticipantId } from '#shared/model/ids.ts'
import { toneOf } from '#client/tone.ts'
import { attributions, nameOf } from '../state/names.ts'
import { useStore } from '../state/store.ts'
import styles from './chip.module.css'
import { classes } from './classes.ts'

/** A participant's code in its tone: the same colour and the same line under it as its words in the text. */
export function Chip({
  participant,
  quiet,
}: {
  readonly participant: ParticipantId
  readonly quiet?: boolean
}) {
  useStore(attributions)
  return (
    <span className={classes(styles.chip, quiet && styles.quiet)} data-tone={toneOf(participant)}>
      <span className={classes(styles.code)}>{nameOf(participant)}</span>
    </span>
  )
}
