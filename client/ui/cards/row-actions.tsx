import type { ConflictGroup, ProposalRow } from '#shared/document/composition/board.ts'
import { can } from '#shared/model/role.ts'
import { Check, X } from 'lucide-react'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { decide, rowsBelow } from '../state/decide.ts'
import { nameOf } from '../state/names.ts'
import type { Choice } from '../state/decide.ts'
import { useDesk } from '../state/desk.ts'
import type { Task } from '../state/desk.ts'
import { mayBeInPart } from '../decide/part.ts'
import { proponentFor } from '../state/speaking.ts'
import { useSelected, useValue } from '../hooks/use-value.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import { isWordless, mergeable } from './nature.ts'
import { RowMenu } from './row-menu.tsx'
import buttons from '../parts/button.module.css'
import styles from './row.module.css'

interface Props {
  readonly row: ProposalRow
  readonly place: ConflictGroup
  readonly label: string
  readonly what: string
}

const words = strings.proposals

/** Buttons for the current proposal. Rare actions are in its menu. */
export function RowActions({ row, place, label, what }: Props) {
  const desk = useDesk()
  const actor = useValue(desk.actor)
  const writing = useValue(desk.writing)
  const busy = useSelected(desk.busy, (ids) => ids.has(row.id))
  const decides = can(actor.role, 'decide') && row.space === null
  const proponent = proponentFor(actor, writing, row)
  const own = proponent !== null && (proponent === actor.participant || proponent === actor.alias)
  const choose = (choice: Choice) => void decide(desk, row.id, choice)
  // Deleted words may come back, so such a proposal can be kept; an amendment of a closed proposal cannot.
  const keeps =
    row.affected !== null && row.affected.effect !== 'host-closed' && (decides || proponent !== null)
  const common = { small: true, isPending: busy } as const
  return (
    <div className={classes(styles.actions)}>
      {keeps && (
        <Button {...common} look="primary" onPress={() => choose({ kind: 'keep' })}>
          {row.affected?.effect === 'contradicts' ? strings.act.keepAgainst : strings.act.keep}
        </Button>
      )}
      {decides && <Deciding row={row} place={place} first={keeps ? 'plain' : 'primary'} />}
      {proponent !== null && !decides && row.space === null && (
        <Button {...common} onPress={() => choose({ kind: 'withdraw' })}>
          {own ? strings.act.withdraw : words.act.withdrawFor(nameOf(proponent))}
        </Button>
      )}
      <RowMenu row={row} label={label} what={what} />
    </div>
  )
}

interface DecidingProps {
  readonly row: ProposalRow
  readonly place: ConflictGroup
  readonly first: 'primary' | 'plain'
}

function Deciding({ row, place, first }: DecidingProps) {
  const desk = useDesk()
  const busy = useSelected(desk.busy, (ids) => ids.has(row.id))
  const begin = (kind: Task['kind']) => () => desk.task.set({ kind, proposal: row.id })
  const board = useValue(desk.board)
  const below = useMemo(() => (board ? rowsBelow(desk, row.id).length : 0), [desk, board, row.id])
  const common = { small: true, isPending: busy } as const
  return (
    <>
      <Button {...common} look={first} onPress={() => void decide(desk, row.id, { kind: 'accept' })}>
        {strings.act.accept}
      </Button>
      {below > 0 && (
        <Button {...common} onPress={() => void decide(desk, row.id, { kind: 'accept-with-below' })}>
          {strings.act.acceptWithBelow(below)}
        </Button>
      )}
      {!isWordless(row.nature) && (
        <Button {...common} onPress={begin('reword')}>
          {strings.act.acceptWithChanges}
        </Button>
      )}
      <Button {...common} onPress={() => void decide(desk, row.id, { kind: 'not-retain' })}>
        {strings.act.notRetained}
      </Button>
      {mayBeInPart(row) && (
        <Button {...common} onPress={begin('part')}>
          {words.act.acceptInPart}
        </Button>
      )}
      {mergeable(place.rows, row).length > 1 && (
        <Button {...common} onPress={() => desk.panel.set('merge')}>
          {words.act.merge}
        </Button>
      )}
    </>
  )
}

/** Buttons on each card for facilitators: accept and reject, the two decisions that need no form. */
export function QuickActions({ row }: { readonly row: ProposalRow }) {
  const desk = useDesk()
  const busy = useSelected(desk.busy, (ids) => ids.has(row.id))
  return (
    <span className={classes(styles.quick)}>
      <Quick
        label={strings.act.accept}
        look={styles.accept}
        busy={busy}
        onPress={() => void decide(desk, row.id, { kind: 'accept' })}
      >
        <Check aria-hidden="true" />
      </Quick>
      <Quick
        label={strings.act.notRetained}
        look={styles.refuse}
        busy={busy}
        onPress={() => void decide(desk, row.id, { kind: 'not-retain' })}
      >
        <X aria-hidden="true" />
      </Quick>
    </span>
  )
}

interface QuickProps {
  readonly label: string
  readonly look: string | undefined
  readonly busy: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}

/** A native button instead of the shared one: every card has two, and cards are drawn while scrolling. */
const Quick = ({ label, look, busy, onPress, children }: QuickProps) => (
  <button
    type="button"
    className={classes(buttons.icon, styles.quickButton, look)}
    aria-label={label}
    title={label}
    aria-disabled={busy}
    onClick={() => {
      if (!busy) onPress()
    }}
  >
    {children}
  </button>
)
