import type { ProposalId } from '#shared/model/ids.ts'
import { decide } from '../state/decide.ts'
import { useDesk } from '../state/desk.ts'
import { useSelected, useStore } from '../state/store.ts'
import { stopAt } from '../state/walk.ts'
import { Wording } from '../cards/wording.tsx'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import styles from './affected-panel.module.css'

/** Others that a decision has touched: a choice for each, there and then. Nothing is chosen silently. */
export function AffectedPanel() {
  const desk = useDesk()
  const choice = useStore(desk.affected)
  if (!choice) return null
  return (
    <section className={classes(styles.panel)} aria-labelledby="affected-title">
      <header className={classes(styles.head)}>
        <div>
          <h2 id="affected-title">{strings.affected.title(choice.ids.length)}</h2>
          <p>{choice.cause}</p>
        </div>
        <Button small look="quiet" onPress={() => desk.affected.set(null)}>
          {strings.affected.later}
        </Button>
      </header>
      <ul className={classes(styles.list)}>
        {choice.ids.map((id) => (
          <AffectedItem key={id} id={id} />
        ))}
      </ul>
    </section>
  )
}

function AffectedItem({ id }: { readonly id: ProposalId }) {
  const desk = useDesk()
  const stop = useSelected(desk.board, (board) => stopAt(board, id))
  const busy = useSelected(desk.busy, (ids) => ids.has(id))
  if (!stop) return null
  const { row, block } = stop
  return (
    <li className={classes(styles.item)}>
      <div className={classes(styles.facts)}>
        <Chip participant={row.head.by} />
        <button
          type="button"
          className={classes(styles.where)}
          onClick={() => desk.select(id, { reveal: true })}
        >
          {strings.capital(strings.natures[row.nature])}
          {block.label && ` · ${block.label}`}
        </button>
      </div>
      <Wording row={row} lines={3} />
      <p className={classes(styles.why)}>
        {row.affected?.effect === 'host-closed'
          ? strings.cards.hostClosed
          : strings.cards.wordsGone(row.head.quote)}
      </p>
      <div className={classes(styles.actions)}>
        {row.affected?.effect !== 'host-closed' && (
          <Button small isPending={busy} onPress={() => void decide(desk, id, { kind: 'keep' })}>
            {strings.act.keep}
          </Button>
        )}
        <Button small isPending={busy} onPress={() => void decide(desk, id, { kind: 'not-retain' })}>
          {strings.act.notRetained}
        </Button>
      </div>
    </li>
  )
}
