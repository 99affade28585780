import { useMemo } from 'react'
import type { ProposalRow } from '#shared/document/composition/board.ts'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { stopAt } from '../state/walk.ts'
import { natureOf } from '../cards/nature.ts'
import { strings } from '../strings.ts'
import styles from './consequences.module.css'

const words = strings.proposals.consequences

/** What would become of other proposals if this one were accepted. The affected panel lists the same afterwards. */
export function Consequences({ row }: { readonly row: ProposalRow }) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const told = useMemo(() => {
    const found = desk.port.consequences(row.id)
    return found.flatMap(({ proposal, becomes }) => {
      const stop = stopAt(board, proposal)
      return stop ? [{ row: stop.row, becomes }] : []
    })
  }, [desk, board, row])
  if (told.length === 0) return null
  return (
    <section className={classes(styles.consequences)}>
      <h3>{words.title}</h3>
      <ul>
        {told.map((other) => (
          <li key={other.row.id}>
            <Chip participant={other.row.proponent} quiet />
            <span>
              {natureOf(other.row)}: <span data-becomes={other.becomes}>{words.becomes[other.becomes]}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
