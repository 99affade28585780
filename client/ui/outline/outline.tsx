import { memo, useDeferredValue, useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { BoardBlock } from '#shared/document/board.ts'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { useStore } from '../state/store.ts'
import { inConflict, stopAt } from '../state/walk.ts'
import { strings } from '../strings.ts'
import { filterBlocks, heatOf, OUTLINE_FILTERS } from './filter.ts'
import type { OutlineFilter } from './filter.ts'
import { HeatStrip } from './heat-strip.tsx'
import styles from './outline.module.css'

/** What is in the text, and what is left to decide in it. */
export function Outline({ onChosen }: { readonly onChosen?: (() => void) | undefined }) {
  const desk = useDesk()
  // The list may lag a little behind a fast typist; the text must not wait for it.
  const board = useDeferredValue(useStore(desk.board))
  const actor = useStore(desk.actor)
  const current = useStore(desk.current)
  const [filter, setFilter] = useState<OutlineFilter>('everything')
  const blocks = filterBlocks(board, filter, actor.participant)
  const here = stopAt(board, current)?.block.id
  const choose = (block: BoardBlock) => {
    desk.reveal(block.id)
    const first = block.places[0]?.rows[0]
    if (first) desk.select(first.id)
    onChosen?.()
  }
  return (
    <nav id="outline" aria-label={strings.outline.label} className={classes(styles.outline)}>
      <Progress open={board.open} decided={board.decided.length} />
      <HeatStrip blocks={board.blocks} onChoose={choose} />
      <Filters filter={filter} onFilter={setFilter} mine={actor.participant !== null} />
      {blocks.length === 0 && filter !== 'everything' && (
        <p className={classes(styles.none)}>{strings.outline.emptyFilter}</p>
      )}
      <ol className={classes(styles.list)}>
        {blocks.map((block) => (
          <OutlineItem key={block.id} block={block} here={block.id === here} onChoose={choose} />
        ))}
      </ol>
    </nav>
  )
}

function Progress({ open, decided }: { readonly open: number; readonly decided: number }) {
  const total = open + decided
  return (
    <div className={classes(styles.progress)}>
      <p className={classes(styles.left)}>
        {open > 0 ? strings.outline.left(open) : decided > 0 ? strings.outline.none : strings.outline.noneYet}
      </p>
      {decided > 0 && (
        <>
          <progress max={total} value={decided} aria-hidden="true" />
          <p className={classes(styles.of)}>{strings.outline.progress(decided, total)}</p>
        </>
      )}
    </div>
  )
}

interface FiltersProps {
  readonly filter: OutlineFilter
  readonly onFilter: (filter: OutlineFilter) => void
  readonly mine: boolean
}

function Filters({ filter, onFilter, mine }: FiltersProps) {
  return (
    <ToggleButtonGroup
      aria-label={strings.outline.filter}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[filter]}
      onSelectionChange={(keys) => onFilter(OUTLINE_FILTERS.find((each) => keys.has(each)) ?? 'everything')}
      className={classes(styles.filters)}
    >
      {OUTLINE_FILTERS.filter((each) => mine || each !== 'mine').map((each) => (
        <ToggleButton key={each} id={each} className={classes(styles.filter)}>
          {strings.filters[each]}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

interface ItemProps {
  readonly block: BoardBlock
  readonly here: boolean
  readonly onChoose: (block: BoardBlock) => void
}

const OutlineItem = memo(
  function OutlineItem({ block, here, onChoose }: ItemProps) {
    if (block.kind === 'separator') return <li className={classes(styles.separator)} aria-hidden="true" />
    const conflict = block.places.some(inConflict)
    return (
      <li className={classes(styles.item)}>
        <button
          type="button"
          className={classes(styles.entry, block.kind === 'heading' && styles.heading)}
          aria-current={here || undefined}
          onClick={() => onChoose(block)}
        >
          {block.kind === 'paragraph' && (
            <span className={classes(styles.number)}>
              {block.label || <em>{strings.outline.newParagraph}</em>}
            </span>
          )}
          <span className={classes(styles.opening)} dir="auto">
            {block.opening || '—'}
          </span>
          {block.open > 0 && (
            <span className={classes(styles.count)} data-heat={heatOf(block.open)}>
              {conflict && <span className={classes(styles.conflict)} aria-hidden="true" />}
              <span aria-hidden="true">{block.open}</span>
              <span className="visually-hidden">
                , {strings.outline.open(block.open)}
                {conflict && `, ${strings.outline.conflict}`}
              </span>
            </span>
          )}
        </button>
      </li>
    )
  },
  // Choosing acts on the block alone, so a new function is no reason to draw 450 entries anew.
  (before, after) => before.block === after.block && before.here === after.here,
)
