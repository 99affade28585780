import type { Position, PositionEntry } from '#shared/model/proposals/position.ts'
import type { Fingerprint } from '#shared/model/proposals/wording.ts'
import { POSITIONS } from '#shared/model/proposals/position.ts'
import type { HostId, ParticipantId } from '#shared/model/ids.ts'
import { Clock, Flag, Minus, MoveHorizontal, Plus } from 'lucide-react'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { shortcutOf } from '../state/shortcuts.ts'
import { answersTo, useSpeaker } from '../state/speaking.ts'
import { positionOf, takePosition } from '../state/stand.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import styles from './position-control.module.css'

interface Props {
  readonly on: HostId
  readonly positions: readonly PositionEntry[]
  /** The present wording. A position on an earlier one counts as not taken, so pressing it takes it on this one. */
  readonly wording: Fingerprint | null
  /** The proponent, who takes no position on an own proposal; null for a paragraph. */
  readonly proponent: ParticipantId | null
  /** What the positions are about, for screen readers: "EU’s insertion in 3". */
  readonly what: string
  /** What support of it is called; absent: support. */
  readonly support?: string
  /** Shows signs without words. */
  readonly compact?: boolean
}

const words = strings.proposals

/** Buttons to take a position; pressing it again takes it back. Renders nothing for who speaks for no participant. */
export function PositionControl({
  on,
  positions,
  wording,
  proponent,
  what,
  support,
  compact = false,
}: Props) {
  const desk = useDesk()
  const who = useSpeaker(desk)
  const actor = useValue(desk.actor)
  const names = who === null ? [] : answersTo(actor, who)
  if (names.length === 0 || (proponent !== null && names.includes(proponent))) return null
  const held = positionOf(positions, names, wording)
  const wordOf = (position: Position): string =>
    (position === 'support' && support) || words.positions[position]
  return (
    <fieldset
      aria-label={words.position.group(what)}
      className={classes(styles.control, compact && styles.compact)}
    >
      {POSITIONS.map((position) => (
        <button
          key={position}
          type="button"
          data-position={position}
          aria-pressed={held === position}
          title={`${wordOf(position)} (${shortcutOf(position)})`}
          className={classes(styles.segment)}
          onClick={() => void takePosition(desk, on, position)}
        >
          <PositionSign position={position} />
          <span className={compact ? 'visually-hidden' : undefined}>{wordOf(position)}</span>
        </button>
      ))}
    </fieldset>
  )
}

const SIGNS = {
  support: Plus,
  oppose: Minus,
  reserve: Flag,
  flexible: MoveHorizontal,
  'come-back': Clock,
} as const satisfies Record<Position, unknown>

/** The sign of a position, of a distinct shape. Its word must be shown beside it or be its accessible name. */
export function PositionSign({ position }: { readonly position: Position }) {
  const Sign = SIGNS[position]
  return <Sign aria-hidden="true" />
}
