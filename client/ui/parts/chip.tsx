import type { ParticipantId } from '#shared/model/ids.ts'
import { AS_RECEIVED } from '#shared/model/participant.ts'
import { toneOf } from '#client/tone.ts'
import { attributions, nameOf } from '../state/names.ts'
import { strings } from '../strings.ts'
import { useValue } from '../hooks/use-value.ts'
import styles from './chip.module.css'
import { classes } from './classes.ts'

/** A participant's code in its tone: the same colour and the same line under it as its words in the text. */
export function Chip({
  participant,
  quiet,
  earlier,
}: {
  readonly participant: ParticipantId
  readonly quiet?: boolean
  /** Whether its position was taken on an earlier wording. */
  readonly earlier?: boolean
}) {
  useValue(attributions)
  return (
    <span
      className={classes(styles.chip, quiet && styles.quiet, earlier && styles.earlier)}
      data-tone={toneOf(participant)}
      title={participant === AS_RECEIVED ? strings.proposals.asReceivedNote : undefined}
    >
      <span className={classes(styles.code)}>{nameOf(participant)}</span>
      {earlier && <span className={classes(styles.mark)}>{strings.proposals.earlier.mark}</span>}
    </span>
  )
}
