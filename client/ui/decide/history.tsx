import { useState } from 'react'
import type { DecidedRow } from '#shared/document/board.ts'
import { can } from '#shared/model/role.ts'
import { undoDecision } from '../state/decide.ts'
import { useDesk } from '../state/desk.ts'
import { useNow } from '../state/now.ts'
import { useSelected, useStore } from '../state/store.ts'
import { fullTime, timeInFull } from '../state/time.ts'
import { Wording } from '../cards/wording.tsx'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { strings } from '../strings.ts'
import styles from './history.module.css'

/** Decided proposals drawn at once. */
const PAGE = 60

const words = strings.history

/** Every decision, latest first: nothing is erased by being decided. */
export function History() {
  const desk = useDesk()
  const decided = useSelected(desk.board, (board) => board.decided)
  const [shown, setShown] = useState(PAGE)
  return (
    <Dialog title={words.title} shape="side" onClose={() => desk.panel.set(null)}>
      {decided.length === 0 && <p className={classes(styles.empty)}>{words.empty}</p>}
      <ol className={classes(styles.list)}>
        {decided.slice(0, shown).map((row) => (
          <Entry key={row.id} row={row} />
        ))}
      </ol>
      {shown < decided.length && <Button onPress={() => setShown(shown + PAGE)}>{words.more}</Button>}
    </Dialog>
  )
}

function Entry({ row }: { readonly row: DecidedRow }) {
  const desk = useDesk()
  const now = useNow()
  const actor = useStore(desk.actor)
  const busy = useSelected(desk.busy, (ids) => ids.has(row.id))
  const label = useSelected(
    desk.board,
    (board) => board.blocks.find((block) => block.id === row.block)?.label ?? '',
  )
  const { disposition, by, person, at } = row.decision
  return (
    <li className={classes(styles.entry)}>
      <div className={classes(styles.head)}>
        <Chip participant={row.head.by} />
        <span className={classes(styles.place)}>{label}</span>
        <time dateTime={new Date(at).toISOString()} title={fullTime(at)}>
          {timeInFull(at, now)}
        </time>
      </div>
      <Wording row={{ head: row.head, struck: row.head.quote, text: row.text }} lines={3} />
      <div className={classes(styles.foot)}>
        <p data-disposition={disposition}>{words.by(strings.dispositions[disposition], by, person)}</p>
        {can(actor.role, 'decide') && (
          <Button
            small
            isPending={busy}
            onPress={() => {
              desk.panel.set(null)
              void undoDecision(desk, row.id)
            }}
          >
            {strings.act.reopen}
          </Button>
        )}
      </div>
    </li>
  )
}
