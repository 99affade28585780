import { memo, useEffect, useRef } from 'react'
import { Group } from 'react-aria-components'
import type { ProposalRow } from '#shared/document/board.ts'
import { toneOf } from '#client/tone.ts'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { useNow } from '../state/now.ts'
import { useSelected } from '../state/store.ts'
import { fullTime, timeAgo, timeInFull } from '../state/time.ts'
import { strings } from '../strings.ts'
import { Reword } from './reword.tsx'
import { FullActions, QuickActions } from './row-actions.tsx'
import styles from './row.module.css'
import { Wording } from './wording.tsx'

interface Props {
  readonly row: ProposalRow
  /** The paragraph's number. */
  readonly label: string
  readonly slim: boolean
}

/** One proposal on a card. In full when it is the current one. */
export const Row = memo(function Row({ row, label, slim }: Props) {
  const desk = useDesk()
  const element = useRef<HTMLDivElement>(null)
  const current = useSelected(desk.current, (id) => id === row.id)
  const rewording = useSelected(desk.rewording, (id) => id === row.id)
  const hot = useSelected(desk.hovered, (id) => id === row.id)
  const wanted = useSelected(desk.focusWanted, (id) => id === row.id)
  useEffect(() => {
    if (!wanted) return
    desk.focusWanted.set(null)
    element.current?.focus({ preventScroll: true })
  }, [wanted, desk])
  const short = slim && !current
  return (
    <Group
      ref={element}
      // Reached by Tab as well as by j and k: not everybody knows those.
      tabIndex={0}
      aria-label={strings.cards.row(row.head.by, row.nature, label, row.struck, row.text)}
      aria-current={current || undefined}
      data-row={row.id}
      data-tone={toneOf(row.head.by)}
      data-depth={Math.min(row.depth, 4)}
      data-hot={hot || undefined}
      className={classes(styles.row, current && styles.current, short && styles.slim)}
      onFocus={(event) => {
        if (event.target === event.currentTarget) desk.select(row.id)
      }}
      onHoverStart={() => desk.hovered.set(row.id)}
      onHoverEnd={() => desk.hovered.set(null)}
    >
      <div className={classes(styles.head)}>
        <Chip participant={row.head.by} />
        {short ? <Wording row={row} lines={1} /> : <Facts row={row} current={current} />}
        {!current && <QuickActions row={row} />}
      </div>
      {!short && <Wording row={row} {...linesOf(row, current)} />}
      {row.affected && !short && <AffectedNote row={row} />}
      {rewording ? <Reword row={row} label={label} /> : current && <FullActions row={row} />}
    </Group>
  )
})

/** A new paragraph stands right beside its card: there is no need to say it all twice. */
function linesOf(row: ProposalRow, current: boolean): { readonly lines?: 1 | 3 } {
  if (row.nature === 'new-paragraph') return { lines: current ? 3 : 1 }
  return current ? {} : { lines: 3 }
}

function Facts({ row, current }: { readonly row: ProposalRow; readonly current: boolean }) {
  const now = useNow()
  return (
    <span className={classes(styles.facts, current && styles.whole)}>
      <span className={classes(styles.nature)}>
        {strings.capital(strings.natures[row.nature])}
        {row.depth > 0 && <span className="visually-hidden">, {strings.cards.amends}</span>}
      </span>
      {row.head.person && <span className={classes(styles.person)}>{row.head.person}</span>}
      <time
        className={classes(styles.time)}
        dateTime={new Date(row.head.createdAt).toISOString()}
        title={current ? fullTime(row.head.createdAt) : undefined}
      >
        {current ? timeInFull(row.head.createdAt, now) : timeAgo(row.head.createdAt, now)}
      </time>
    </span>
  )
}

const AffectedNote = ({ row }: { readonly row: ProposalRow }) => (
  <p className={classes(styles.affected)}>
    {row.affected?.effect === 'words-gone'
      ? strings.cards.wordsGone(row.head.quote)
      : strings.cards.hostClosed}
  </p>
)
