import { ChevronDown, ChevronLeft, ChevronRight, ChevronUp } from 'lucide-react'
import { useState } from 'react'
import { Chip } from '../parts/chip.tsx'
import { IconButton } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { PlaceCard } from '../cards/place-card.tsx'
import { Wording } from '../cards/wording.tsx'
import { walk } from '../state/decide.ts'
import { useDesk } from '../state/desk.ts'
import { setCoveredHeight } from '../state/reveal.ts'
import { useValue } from '../hooks/use-value.ts'
import { stopAt, stopsOf } from '../state/walk.ts'
import type { Stop } from '../state/walk.ts'
import { strings } from '../strings.ts'
import styles from './place-sheet.module.css'

/** Shows the current bracket's card at the foot of the screen, on narrow windows. */
export function PlaceSheet() {
  const desk = useDesk()
  const board = useValue(desk.board)
  const current = useValue(desk.current)
  const caret = useValue(desk.caret)
  const task = useValue(desk.task)
  const stop = stopAt(board, current)
  const typing = caret.kind !== 'none' && caret.kind !== 'read-only'
  // The choice to open or close it holds for this bracket only. While the person types, the text needs the space.
  const [byHand, setByHand] = useState({ current, typing, open: false })
  const open = byHand.current === current && byHand.typing === typing ? byHand.open : !typing
  if (board.open === 0) return null
  const at = stop ? stopsOf(board).indexOf(stop) + 1 : 0
  return (
    <aside ref={reportHeight} className={classes(styles.sheet)} aria-label={strings.cards.label}>
      {stop && (open || (task !== null && task.proposal === current)) && (
        <div className={classes(styles.body)}>
          <PlaceCard place={stop.place} label={stop.block.label} slim={false} />
        </div>
      )}
      <div className={classes(styles.bar)}>
        <IconButton label={strings.status.previous} onPress={() => walk(desk, -1)}>
          <ChevronLeft aria-hidden="true" className={classes(styles.arrow)} />
        </IconButton>
        <Summary
          stop={stop}
          at={at}
          of={board.open}
          open={open}
          onToggle={() => setByHand({ current, typing, open: !open })}
        />
        <IconButton label={strings.status.next} onPress={() => walk(desk, 1)}>
          <ChevronRight aria-hidden="true" className={classes(styles.arrow)} />
        </IconButton>
      </div>
    </aside>
  )
}

/** Reports the sheet's present height, so that what is scrolled to appears above it. */
function reportHeight(element: HTMLElement): () => void {
  const sizes = new ResizeObserver(() => setCoveredHeight(element.offsetHeight))
  sizes.observe(element)
  return () => {
    sizes.disconnect()
    setCoveredHeight(0)
  }
}

interface SummaryProps {
  readonly stop: Stop | null
  readonly at: number
  readonly of: number
  readonly open: boolean
  readonly onToggle: () => void
}

function Summary({ stop, at, of, open, onToggle }: SummaryProps) {
  if (!stop)
    return (
      <p className={classes(styles.hint)}>
        {strings.status.openBrackets(of)}
        <small>{strings.status.tapHint}</small>
      </p>
    )
  return (
    <button type="button" className={classes(styles.summary)} aria-expanded={open} onClick={onToggle}>
      <span className={classes(styles.label)}>{stop.block.label}</span>
      {open ? (
        <span className={classes(styles.at)}>{strings.status.at(at, of)}</span>
      ) : (
        <>
          <Chip participant={stop.row.proponent} />
          <Wording row={stop.row} lines={1} />
        </>
      )}
      {open ? <ChevronDown aria-hidden="true" /> : <ChevronUp aria-hidden="true" />}
      <span className="visually-hidden">{strings.status.show}</span>
    </button>
  )
}
