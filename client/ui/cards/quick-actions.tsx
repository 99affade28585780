import { Check, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ProposalRow } from '#shared/document/composition/board.ts'
import { decide } from '../state/decide.ts'
import { useDesk } from '../state/desk.ts'
import { useSelected } from '../state/use-value.ts'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import styles from './row.module.css'

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

/** A native button, which is cheap: there are two on every card, and cards are drawn while scrolling. */
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
