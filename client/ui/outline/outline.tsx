import { memo, useDeferredValue, useMemo } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { languageAttributes, wordsAttributes } from '#shared/model/language.ts'
import type { Language } from '#shared/model/language.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { Board, BoardBlock } from '#shared/document/composition/board.ts'
import type { HostId } from '#shared/model/ids.ts'
import { superscript } from '#shared/model/superscript.ts'
import { agreedOf, statusOf, statusWords } from '../paragraph/status.ts'
import { StatusSign } from '../paragraph/status-sign.tsx'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { writesUnder } from '../state/speaking.ts'
import { useValue } from '../hooks/use-value.ts'
import { inConflict, stopAt } from '../state/walk.ts'
import { strings } from '../strings.ts'
import { filterBlocks, heatOf, PLAIN_FILTERS } from './filter.ts'
import { filterName } from './filter-name.ts'
import { HeatStrip } from './heat-strip.tsx'
import { isSameCount, sectionCounts } from './sections.ts'
import type { SectionCount } from './sections.ts'
import styles from './outline.module.css'

/** The list of paragraphs, with what is left to decide in each. */
export function Outline({ onChosen }: { readonly onChosen?: (() => void) | undefined }) {
  const desk = useDesk()
  // The list is rendered with low priority, so that typing does not wait for it.
  const board = useDeferredValue(useValue(desk.board))
  const actor = useValue(desk.actor)
  const current = useValue(desk.current)
  const chosen = useValue(desk.here)
  const filter = useValue(desk.filter)
  const changed = useValue(desk.changed)
  const blocks = filterBlocks(board, filter, { mine: writesUnder(actor), changed })
  const sections = useMemo(() => sectionCounts(board.blocks), [board.blocks])
  const here = stopAt(board, current)?.block.id ?? chosen
  const choose = (block: BoardBlock) => {
    desk.reveal(block.id)
    desk.here.set(block.id)
    desk.select(block.places[0]?.rows[0]?.id ?? null)
    onChosen?.()
  }
  return (
    <nav id="outline" aria-label={strings.outline.label} className={classes(styles.outline)}>
      <Progress board={board} />
      <HeatStrip blocks={board.blocks} onChoose={choose} />
      <Filters board={board} changed={changed} />
      {blocks.length === 0 && filter.kind !== 'everything' && (
        <p className={classes(styles.none)}>{strings.outline.emptyFilter}</p>
      )}
      <ol className={classes(styles.list)}>
        {blocks
          .filter((block) => block.id === here || isListed(block, changed))
          .map((block) => (
            <OutlineItem
              key={block.id}
              block={block}
              section={sections.get(block.id)}
              language={block.language ?? board.language}
              here={block.id === here}
              changed={changed.has(block.id)}
              onChoose={choose}
            />
          ))}
      </ol>
    </nav>
  )
}

/** A row of a table has one entry, and one for each of its other cells in which something is open, decided or new. */
const isListed = ({ id, cell, open, status }: BoardBlock, changed: ReadonlySet<HostId>): boolean =>
  cell === null || cell.column === 1 || open > 0 || status !== null || changed.has(id)

function Progress({ board }: { readonly board: Board }) {
  const { open } = board
  // A choice of an option is no bracket.
  const decided = board.decided.filter(({ head }) => head.kind !== 'choice')
  const total = open + decided.length
  const counts = agreedOf(board)
  // The text has not been loaded, so there are no figures to show.
  if (board.blocks.length === 0) return null
  return (
    <div className={classes(styles.progress)}>
      <p className={classes(styles.left)}>
        {open > 0
          ? strings.outline.left(open)
          : decided.length > 0
            ? strings.outline.none
            : strings.outline.noneYet}
      </p>
      {decided.length > 0 && (
        <>
          <progress max={total} value={decided.length} aria-hidden="true" />
          <p className={classes(styles.of)}>{strings.outline.progress(decided.length, total)}</p>
        </>
      )}
      {counts.some(({ agreed }) => agreed > 0) && (
        <p className={classes(styles.of)}>{strings.filtering.agreed(counts)}</p>
      )}
    </div>
  )
}

interface FiltersProps {
  readonly board: Board
  readonly changed: ReadonlySet<HostId>
}

function Filters({ board, changed }: FiltersProps) {
  const desk = useDesk()
  const filter = useValue(desk.filter)
  const actor = useValue(desk.actor)
  const shown = PLAIN_FILTERS.filter(
    (each) =>
      (each !== 'mine' || actor.participant !== null) &&
      // Offered only when something has changed, or while it is chosen.
      (each !== 'changed' || changed.size > 0 || filter.kind === 'changed'),
  )
  const special = filter.kind === 'participant' || filter.kind === 'meeting'
  return (
    <div className={classes(styles.filtering)}>
      <ToggleButtonGroup
        aria-label={strings.outline.filter}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={special ? [] : [filter.kind]}
        onSelectionChange={(keys) => {
          const kind = PLAIN_FILTERS.find((each) => keys.has(each))
          if (kind) desk.filter.set({ kind })
        }}
        className={classes(styles.filters)}
      >
        {shown.map((each) => (
          <ToggleButton key={each} id={each} className={classes(styles.filter)}>
            {strings.filtering.plain[each]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <div className={classes(styles.special)}>
        {special ? (
          <>
            <span>{filterName(board, filter)}</span>
            <Button small look="quiet" onPress={() => desk.filter.set({ kind: 'everything' })}>
              {strings.filtering.clear}
            </Button>
          </>
        ) : (
          <Button small look="quiet" onPress={() => desk.dialog.set({ kind: 'filter' })}>
            {strings.filtering.whose}
          </Button>
        )}
      </div>
    </div>
  )
}

interface ItemProps {
  readonly block: BoardBlock
  /** For a heading with paragraphs below it. */
  readonly section: SectionCount | undefined
  /** Its own, or that of the document; null when neither is known. */
  readonly language: Language | null
  readonly here: boolean
  readonly changed: boolean
  readonly onChoose: (block: BoardBlock) => void
}

const OutlineItem = memo(
  function OutlineItem({ block, section, language, here, changed, onChoose }: ItemProps) {
    if (block.kind === 'separator') return <li className={classes(styles.separator)} aria-hidden="true" />
    return (
      <li className={classes(styles.item)}>
        <button
          type="button"
          className={classes(styles.entry, block.kind === 'heading' && styles.heading)}
          data-level={Math.min(block.level, 3) || undefined}
          {...(block.language
            ? languageAttributes(block.language)
            : wordsAttributes(block.opening, language))}
          title={block.label === block.step ? undefined : block.label}
          aria-current={here || undefined}
          onClick={() => onChoose(block)}
        >
          <Reference block={block} />
          <span
            className={classes(styles.opening, block.vacant && styles.vacant)}
            {...wordsAttributes(block.vacant ? '' : block.opening, language)}
          >
            {block.vacant ? strings.paragraph.vacant : block.opening || '—'}
          </span>
          {changed && <Changed />}
          {section && <Section {...section} />}
          <Status block={block} />
          {block.open > 0 && <Count block={block} />}
        </button>
      </li>
    )
  },
  // An entry acts on its block alone, so a new `onChoose` does not render all entries again.
  (before, after) =>
    before.block === after.block &&
    isSameCount(before.section, after.section) &&
    before.language === after.language &&
    before.here === after.here &&
    before.changed === after.changed,
)

/** "3/12", beside a heading. */
const Section = ({ agreed, all, open }: SectionCount) => (
  <span className={classes(styles.section)} title={strings.outline.section(agreed, all, open)}>
    <span aria-hidden="true">{`${agreed}/${all}`}</span>
    <span className="visually-hidden">, {strings.outline.section(agreed, all, open)}</span>
  </span>
)

/** Shows the last step, which its place below the others completes, and says the full reference. */
function Reference({ block }: { readonly block: BoardBlock }) {
  const { kind, label, cell } = block
  const step =
    cell === null ? block.step : cell.column === 1 ? cell.rowName : `${cell.rowName} · ${block.step}`
  if (label === '' && (kind === 'heading' || !isProposalId(block.id))) return null
  if (label === '')
    return (
      <span className={classes(styles.number)}>
        <em>{strings.outline.newParagraph}</em>
      </span>
    )
  if (label === step) return <span className={classes(styles.number)}>{label}</span>
  return (
    <span className={classes(styles.number)}>
      <span aria-hidden="true">{kind === 'note' ? superscript(step) : step}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  )
}

const Changed = () => (
  <span className={classes(styles.changed)} title={strings.filtering.changedNote}>
    <span className="visually-hidden">, {strings.paragraph.changed}</span>
  </span>
)

function Status({ block }: { readonly block: BoardBlock }) {
  const said = statusWords(block)
  if (said === '') return null
  return (
    <span className={classes(styles.status)} title={said}>
      <StatusSign status={statusOf(block)} pending={(block.status?.pending.length ?? 0) > 0} />
      <span className="visually-hidden">, {said}</span>
    </span>
  )
}

function Count({ block }: { readonly block: BoardBlock }) {
  const conflict = block.places.some(inConflict)
  return (
    <span className={classes(styles.count)} data-heat={heatOf(block.open)}>
      {conflict && <span className={classes(styles.conflict)} aria-hidden="true" />}
      <span aria-hidden="true">{block.open}</span>
      <span className="visually-hidden">
        , {strings.outline.open(block.open)}
        {conflict && `, ${strings.outline.conflict}`}
      </span>
    </span>
  )
}
