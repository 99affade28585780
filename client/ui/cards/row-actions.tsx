import { Check, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ProposalRow } from '#shared/document/board.ts'
import type { Actor } from '#shared/model/participant.ts'
import { can } from '#shared/model/role.ts'
import { decide } from '../state/decide.ts'
import type { Choice } from '../state/decide.ts'
import { useDesk } from '../state/desk.ts'
import { useSelected, useStore } from '../state/store.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import styles from './row.module.css'

export const owns = (actor: Actor, row: ProposalRow): boolean =>
  actor.participant !== null && row.head.by === actor.participant

/** Words that are gone may come back; an amendment of what is closed has nothing left to stand on. */
const mayKeep = (actor: Actor, row: ProposalRow): boolean =>
  row.affected?.effect === 'words-gone' && (can(actor.role, 'decide') || owns(actor, row))

interface Props {
  readonly row: ProposalRow
}

function useChoice(row: ProposalRow) {
  const desk = useDesk()
  const busy = useSelected(desk.busy, (ids) => ids.has(row.id))
  return { desk, busy, choose: (choice: Choice) => void decide(desk, row.id, choice) }
}

/** On every card, for the mouse: the two answers that need no words. */
export function QuickActions({ row }: Props) {
  const { desk, busy, choose } = useChoice(row)
  const actor = useStore(desk.actor)
  if (!can(actor.role, 'decide')) return null
  return (
    <span className={classes(styles.quick)}>
      <Quick
        label={strings.act.accept}
        look={styles.accept}
        busy={busy}
        onPress={() => choose({ kind: 'accept' })}
      >
        <Check aria-hidden="true" />
      </Quick>
      <Quick
        label={strings.act.notRetained}
        look={styles.refuse}
        busy={busy}
        onPress={() => choose({ kind: 'not-retain' })}
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

/** The browser's own button: there are two on every card, and cards come and go while one scrolls. */
const Quick = ({ label, look, busy, onPress, children }: QuickProps) => (
  <button
    type="button"
    className={classes(styles.quickButton, look)}
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

/** On the current card: everything this person may do, in words. */
export function FullActions({ row }: Props) {
  const { desk, busy, choose } = useChoice(row)
  const actor = useStore(desk.actor)
  const decides = can(actor.role, 'decide')
  const withdraws = can(actor.role, 'withdraw') && owns(actor, row)
  const keeps = mayKeep(actor, row)
  if (!decides && !withdraws && !keeps) return null
  return (
    <div className={classes(styles.actions)}>
      {keeps && (
        <Button
          small
          look={row.affected ? 'primary' : 'plain'}
          isPending={busy}
          onPress={() => choose({ kind: 'keep' })}
        >
          {strings.act.keep}
        </Button>
      )}
      {decides && (
        <>
          <Button
            small
            look={row.affected ? 'plain' : 'primary'}
            isPending={busy}
            onPress={() => choose({ kind: 'accept' })}
          >
            {strings.act.accept}
          </Button>
          <Button small isPending={busy} onPress={() => desk.rewording.set(row.id)}>
            {strings.act.acceptWithChanges}
          </Button>
          <Button small isPending={busy} onPress={() => choose({ kind: 'not-retain' })}>
            {strings.act.notRetained}
          </Button>
        </>
      )}
      {withdraws && (
        <Button small isPending={busy} onPress={() => choose({ kind: 'withdraw' })}>
          {strings.act.withdraw}
        </Button>
      )}
    </div>
  )
}
