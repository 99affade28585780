import { useState } from 'react'
import type { Board, DecidedRow, ProposalRow } from '#shared/document/composition/board.ts'
import type { Disposition } from '#shared/model/proposals/decision.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { decide } from '../../state/decide.ts'
import { useDesk } from '../../state/desk.ts'
import { useValue } from '../../hooks/use-value.ts'
import { stopAt } from '../../state/walk.ts'
import { Wording } from '../../cards/wording.tsx'
import { Chip } from '../../parts/chip.tsx'
import { classes } from '../../parts/classes.ts'
import { focusNow } from '../../hooks/focus-now.ts'
import { strings } from '../../strings.ts'
import styles from './supersede-form.module.css'
import { TaskForm } from './task-form.tsx'

const words = strings.proposals.supersede

const ACCEPTED: ReadonlySet<Disposition> = new Set(['accepted', 'accepted-as-amended', 'accepted-in-part'])

/** The proposals accepted in the same paragraph, latest first. */
function winnersOver(board: Board, id: ProposalId): readonly DecidedRow[] {
  const block = stopAt(board, id)?.block.id
  return board.decided.filter((row) => row.block === block && ACCEPTED.has(row.decision.disposition))
}

interface Props {
  readonly row: ProposalRow
  readonly what: string
}

/** The form for marking a proposal as superseded by an accepted one. */
export function SupersedeForm({ row, what }: Props) {
  const desk = useDesk()
  const winners = winnersOver(useValue(desk.board), row.id)
  const [by, setBy] = useState(() => row.affected?.by ?? winners[0]?.id)
  const chosen = winners.find(({ id }) => id === by)
  return (
    <TaskForm
      row={row}
      label={words.title(what)}
      confirm={strings.dispositions.superseded}
      disabled={!chosen}
      onConfirm={() => {
        if (chosen) void decide(desk, row.id, { kind: 'supersede', by: chosen.id })
      }}
    >
      <fieldset className={classes(styles.winners)}>
        <legend>{words.title(what)}</legend>
        {winners.length === 0 && <p>{words.empty}</p>}
        {winners.map((winner) => (
          <label key={winner.id} className={classes(styles.winner)}>
            <input
              ref={winner === (chosen ?? winners[0]) ? focusNow : null}
              type="radio"
              name="superseded-by"
              checked={winner === chosen}
              onChange={() => setBy(winner.id)}
            />
            <Chip participant={winner.proponent} quiet />
            <Wording row={{ ...winner, struck: winner.head.quote }} lines={1} />
          </label>
        ))}
      </fieldset>
    </TaskForm>
  )
}
