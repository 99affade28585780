import { useState } from 'react'
import type { PositionEntry } from '#shared/model/proposals/position.ts'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import { PositionSign } from './position-control.tsx'
import type { Fingerprint } from '#shared/model/proposals/wording.ts'
import { fold, nameOfShown, stancesOf } from './stances.ts'
import type { Shown } from './stances.ts'
import styles from './stances.module.css'

const words = strings.proposals

/** Names shown beside the sign of each position when there are several. */
const FEW = 2
const MANY = 8

interface Props {
  readonly entries: readonly PositionEntry[]
  /** The present wording. */
  readonly wording: Fingerprint | null
  /** Shows the words of positions, and a button for further names. */
  readonly full: boolean
  /** What support of it is called; absent: support. */
  readonly support?: string
}

/** Positions as chips, grouped by what is said. */
export function StanceChips({ entries, wording, full, support }: Props) {
  const groups = stancesOf(entries, wording)
  if (groups.length === 0) return null
  return (
    <ul className={classes(styles.groups, full && styles.full)}>
      {groups.map(({ position, who }) => (
        <li
          key={position}
          className={classes(styles.group)}
          title={words.position.names(position, who.map(nameOfShown).join(', '))}
        >
          <span className={classes(styles.sign)}>
            <PositionSign position={position} />
            <span className={full ? undefined : 'visually-hidden'}>
              {(position === 'support' && support) || words.positions[position]}
            </span>
          </span>
          <span className={classes(styles.names)}>
            <Names who={who} most={full ? MANY : groups.length > 1 ? FEW : FEW + 2} opens={full} />
          </span>
        </li>
      ))}
    </ul>
  )
}

interface NamesProps {
  readonly who: readonly Shown[]
  readonly most: number
  /** Whether further names can be unfolded. */
  readonly opens: boolean
}

/** "EU, JPN +10". */
export function Names({ who, most, opens }: NamesProps) {
  const [open, setOpen] = useState(false)
  const { shown, more } = fold(who, open ? who.length : most)
  return (
    <>
      {shown.map(({ participant, earlier }) => (
        <Chip key={participant} participant={participant} earlier={earlier} quiet />
      ))}
      {more > 0 &&
        (opens ? (
          <button
            type="button"
            className={classes(styles.more)}
            aria-label={words.showMore(more)}
            onClick={() => setOpen(true)}
          >
            {words.more(more)}
          </button>
        ) : (
          <span className={classes(styles.count)}>{words.more(more)}</span>
        ))}
    </>
  )
}
