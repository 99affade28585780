import { Fragment, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Board, ConflictGroup } from '#shared/document/composition/board.ts'
import type { HostId } from '#shared/model/ids.ts'
import { placeFits } from '../outline/filter.ts'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { writesUnder } from '../state/speaking.ts'
import { useValue } from '../hooks/use-value.ts'
import { blocksById, stopAt } from '../state/walk.ts'
import { strings } from '../strings.ts'
import { useLeaving } from './shown-cards.ts'
import { MarginKeeper } from './margin-keeper.ts'
import { MarginNote } from './margin-note.tsx'
import styles from './margin.module.css'
import { PlaceCard } from '../cards/place-card.tsx'
import { shownPlaces } from './shown-cards.ts'

const NONE: readonly HostId[] = []

/** The cards beside the text, of the blocks near the window. */
export function CardMargin() {
  const desk = useDesk()
  const board = useValue(desk.board)
  const view = useValue(desk.view)
  const mine = writesUnder(useValue(desk.actor))
  const filter = useValue(desk.filter)
  const margin = useRef<HTMLElement>(null)
  const keeper = useRef<MarginKeeper>(null)
  const [ids, setIds] = useState(NONE)
  const [slim, setSlim] = useState<ReadonlySet<string>>(new Set())
  const task = useValue(desk.task)
  const near = useMemo(() => {
    const blocks = blocksById(board)
    const held = task && stopAt(board, task.proposal)?.block.id
    return withHeld(board, ids, held ?? null).flatMap((id) => blocks.get(id) ?? [])
  }, [board, ids, task])
  const leaving = useLeaving(near)
  useLayoutEffect(() => {
    if (!margin.current) return
    const made = new MarginKeeper(desk, margin.current, { onNear: setIds, onSlim: setSlim })
    keeper.current = made
    return () => made.dispose()
  }, [desk])
  useLayoutEffect(() => keeper.current?.drawn())
  return (
    <aside ref={margin} className={classes(styles.margin)} aria-label={strings.cards.label}>
      <MarginNote />
      {near.map((block) => {
        const fading = view === 'all' ? leaving.filter((gone) => gone.block === block.id) : []
        const common = { block: block.id, label: block.label, slim: slim.has(block.id) }
        return (
          <Fragment key={block.id}>
            {shownPlaces(block, view, mine)
              .filter((place) => placeFits(place, filter, mine))
              .map((place) => (
                <Slot key={place.key} place={place} {...common} />
              ))}
            {fading.map(({ place }) => (
              <Slot key={`leaving ${place.key}`} place={place} {...common} leaving />
            ))}
          </Fragment>
        )
      })}
    </aside>
  )
}

/** Adds the block whose card has an open form, so that the form is kept when the block is scrolled away. */
function withHeld(board: Board, ids: readonly HostId[], held: HostId | null): readonly HostId[] {
  if (held === null || ids.includes(held)) return ids
  const at = (id: HostId | undefined) => board.blocks.findIndex((block) => block.id === id)
  return at(held) < at(ids[0]) ? [held, ...ids] : [...ids, held]
}

interface SlotProps {
  readonly block: HostId
  readonly place: ConflictGroup
  readonly label: string
  readonly slim: boolean
  readonly leaving?: boolean
}

/** The element that the margin keeper moves, without rendering the card in it again. */
const Slot = ({ block, place, label, slim, leaving = false }: SlotProps) => (
  <div data-place={place.key} data-block={block} className={classes(styles.slot)}>
    <PlaceCard place={place} label={label} slim={slim} leaving={leaving} />
  </div>
)
