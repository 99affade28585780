import type { ProposalRow } from '#shared/document/composition/board.ts'
import { classes } from '../parts/classes.ts'
import { nameOf } from '../state/names.ts'
import { useNow } from '../state/now.ts'
import { fullTime, timeInBrief, timeInFull } from '../state/time.ts'
import { strings } from '../strings.ts'
import { natureOf } from './nature.ts'
import styles from './row.module.css'

const words = strings.negotiating

interface Props {
  readonly row: ProposalRow
  readonly current: boolean
}

/** The kind of a proposal, when it was made, and by which person. */
export function Facts({ row, current }: Props) {
  const now = useNow()
  const { head } = row
  const at = head.createdAt
  return (
    <span className={classes(styles.facts, current && styles.whole)}>
      <span className={classes(styles.lead)}>
        <span className={classes(styles.nature)}>
          {strings.capital(natureOf(row))}
          {row.depth > 0 && <span className="visually-hidden">, {strings.cards.amends}</span>}
        </span>
        {at !== null && (
          <time
            className={classes(styles.time)}
            dateTime={new Date(at).toISOString()}
            title={current ? fullTime(at) : undefined}
          >
            {current ? timeInFull(at, now) : timeInBrief(at, now)}
          </time>
        )}
      </span>
      {head.person && <span className={classes(styles.person)}>{head.person}</span>}
      {current && head.via && <span className={classes(styles.extra)}>{words.via(head.via)}</span>}
      {current && head.by !== row.proponent && (
        <span className={classes(styles.extra)}>{words.firstMadeBy(nameOf(head.by))}</span>
      )}
    </span>
  )
}
