import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Place } from '#shared/document/board.ts'
import type { HostId } from '#shared/model/ids.ts'
import { placeFits } from '../outline/filter.ts'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { useStore } from '../state/store.ts'
import { blocksById } from '../state/walk.ts'
import { strings } from '../strings.ts'
import { useLeaving } from './leaving.ts'
import { MarginKeeper } from './margin-keeper.ts'
import { MarginNote } from './margin-note.tsx'
import styles from './margin.module.css'
import { PlaceCard } from './place-card.tsx'
import { shownPlaces } from './shown.ts'

const NONE: readonly HostId[] = []

/** The cards beside the text: of the blocks that are near what is seen. */
export function CardMargin() {
  const desk = useDesk()
  const board = useStore(desk.board)
  const view = useStore(desk.view)
  const actor = useStore(desk.actor)
  const filter = useStore(desk.filter)
  const margin = useRef<HTMLElement>(null)
  const keeper = useRef<MarginKeeper>(null)
  const [ids, setIds] = useState(NONE)
  const [slim, setSlim] = useState<ReadonlySet<string>>(new Set())
  const near = useMemo(() => {
    const blocks = blocksById(board)
    return ids.map((id) => blocks.get(id)).filter((block) => block !== undefined)
  }, [board, ids])
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
        return [
          ...shownPlaces(block, view, actor.participant)
            .filter((place) => placeFits(place, filter, actor.participant))
            .map((place) => <Slot key={place.key} place={place} {...common} />),
          ...fading.map(({ place }) => (
            <Slot key={`leaving ${place.key}`} place={place} {...common} leaving />
          )),
        ]
      })}
    </aside>
  )
}

interface SlotProps {
  readonly block: HostId
  readonly place: Place
  readonly label: string
  readonly slim: boolean
  readonly leaving?: boolean
}

/** What the keeper moves; the card in it need not be drawn anew for that. */
const Slot = ({ block, place, label, slim, leaving = false }: SlotProps) => (
  <div data-place={place.key} data-block={block} className={classes(styles.slot)}>
    <PlaceCard place={place} label={label} slim={slim} leaving={leaving} />
  </div>
)
