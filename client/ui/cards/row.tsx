import { memo, useEffect, useRef } from 'react'
import { Group } from 'react-aria-components'
import type { ConflictGroup, ProposalRow } from '#shared/document/composition/board.ts'
import type { ProposalNature } from '#shared/model/proposals/proposal.ts'
import { can } from '#shared/model/role.ts'
import { toneOf } from '#client/tone.ts'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { nameOf } from '../state/names.ts'
import { useSelected, useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import { EarlierNote } from '../positions/earlier-note.tsx'
import { isWordless, natureOf } from './nature.ts'
import { PositionControl } from '../positions/position-control.tsx'
import { QuickActions } from './row-actions.tsx'
import { AffectedNote, CommentsHint, DraftNote, Notes } from './row-notes.tsx'
import { RowWork } from './row-work.tsx'
import { shownOf } from '../positions/stances.ts'
import { Names, StanceChips } from '../positions/stances.tsx'
import { Wording } from './wording.tsx'
import { useNow } from '../hooks/now.ts'
import { fullTime, timeInBrief, timeInFull } from '../words/time.ts'
import styles from './row.module.css'

const words = strings.proposals

interface Props {
  readonly row: ProposalRow
  readonly place: ConflictGroup
  /** The paragraph's number. */
  readonly label: string
  readonly slim: boolean
}

/** One proposal on a card, shown in full when it is the current one. */
export const Row = memo(function Row({ row, place, label, slim }: Props) {
  const desk = useDesk()
  const current = useSelected(desk.current, (id) => id === row.id)
  const hot = useSelected(desk.hovered, (id) => id === row.id)
  const element = useFocusWhenWanted(row)
  const short = slim && !current
  const what = strings.proposalIn(nameOf(row.proponent), row.nature, label, row.below)
  return (
    <Group
      ref={element}
      // Reachable by Tab too, for people who do not know j and k.
      tabIndex={0}
      aria-label={strings.cards.row(what, row.struck, row.text)}
      aria-current={current || undefined}
      data-row={row.id}
      data-tone={toneOf(row.proponent)}
      data-depth={Math.min(row.depth, 4)}
      data-hot={hot || undefined}
      className={classes(styles.row, current && styles.current, short && styles.slim)}
      onFocus={(event) => {
        if (event.target === event.currentTarget) desk.select(row.id)
      }}
      onHoverStart={() => desk.hovered.set(row.id)}
      onHoverEnd={() => desk.hovered.set(null)}
    >
      <div className={classes(styles.head)}>
        <Proponents row={row} current={current} />
        {short && !isWordless(row.nature) ? (
          <Wording row={row} lines={1} />
        ) : (
          <Facts row={row} current={current} />
        )}
        {!current && <HeadActions row={row} what={what} />}
      </div>
      {!short && <Body row={row} current={current} />}
      {current && <RowWork row={row} place={place} label={label} what={what} />}
    </Group>
  )
})

function useFocusWhenWanted(row: ProposalRow) {
  const desk = useDesk()
  const element = useRef<HTMLDivElement>(null)
  const wanted = useSelected(desk.focusWanted, (wish) => (wish?.id === row.id ? wish : null))
  useEffect(() => {
    if (!wanted) return
    desk.focusWanted.set(null)
    const focused = element.current
    if (!focused || !wanted.still()) return
    focused.focus({ preventScroll: true })
    // The card opens in this frame, is measured in the next, and has its final position after that.
    requestAnimationFrame(() => requestAnimationFrame(() => scrollWholeIntoView(focused)))
  }, [wanted, desk])
  return element
}

/** The proponent and the supporters beside it. */
function Proponents({ row, current }: { readonly row: ProposalRow; readonly current: boolean }) {
  const beside = shownOf(row.sponsorship.cosponsors, row.spokenOf.wording)
  return (
    <span className={classes(styles.proponents, current && styles.all)}>
      <Chip participant={row.proponent} />
      {beside.length > 0 && <Names who={beside} most={current ? 6 : 0} opens={current} />}
    </span>
  )
}

/** Actions without opening the card: facilitators decide, others take positions. */
function HeadActions({ row, what }: { readonly row: ProposalRow; readonly what: string }) {
  const actor = useValue(useDesk().actor)
  if (row.space !== null) return null
  if (can(actor.role, 'decide')) return <QuickActions row={row} />
  return (
    <PositionControl
      on={row.id}
      positions={row.positions}
      wording={row.spokenOf.wording}
      proponent={row.proponent}
      what={what}
      compact
    />
  )
}

function Body({ row, current }: { readonly row: ProposalRow; readonly current: boolean }) {
  return (
    <>
      <Wording row={row} {...linesOf(row, current)} />
      {row.space !== null && <DraftNote row={row} />}
      <StanceChips entries={row.positions} wording={row.spokenOf.wording} full={current} />
      <EarlierNote on={row.id} positions={row.positions} spokenOf={row.spokenOf} row={row} />
      <CommentsHint row={row} />
      {current ? <Notes row={row} /> : row.affected && <AffectedNote row={row} />}
    </>
  )
}

const OF_BLOCKS: ReadonlySet<ProposalNature> = new Set([
  'new-paragraph',
  'new-heading',
  'new-note',
  'alternative',
])

/** How many lines of the wording are shown. Few for a new paragraph, which is right beside its card. */
function linesOf(row: ProposalRow, current: boolean): { readonly lines?: 1 | 3 } {
  if (OF_BLOCKS.has(row.nature)) return { lines: current ? 3 : 1 }
  return current ? {} : { lines: 3 }
}

/** CSS pixels kept free above and below a card for the page's bars. */
const BARS = { top: 72, bottom: 56 } as const

/**
 * Scrolls as little as needed to show a whole row with its actions. If its card is still moving, its final position is
 * used.
 */
function scrollWholeIntoView(row: HTMLElement): void {
  const card = row.closest<HTMLElement>('[data-place]')
  const margin = card?.parentElement
  if (!card || !margin) return
  const within = row.getBoundingClientRect().top - card.getBoundingClientRect().top
  const top = margin.getBoundingClientRect().top + new DOMMatrix(card.style.transform).m42 + within
  const below = top + row.offsetHeight - (innerHeight - BARS.bottom)
  if (below > 0) scrollBy({ top: Math.min(below, top - BARS.top), behavior: 'instant' })
}

interface FactsProps {
  readonly row: ProposalRow
  readonly current: boolean
}

/** The kind of a proposal, when it was made, and by which person. */
function Facts({ row, current }: FactsProps) {
  const now = useNow()
  const { head } = row
  const at = head.createdAt
  return (
    <span className={classes(styles.facts, current && styles.whole)}>
      <span className={classes(styles.lead)}>
        <span className={classes(styles.nature)}>
          {strings.capital(natureOf(row))}
          {row.depth > 0 && <span className="visually-hidden">, {strings.cards.amends}</span>}
        </span>
        {at !== null && (
          <time
            className={classes(styles.time)}
            dateTime={new Date(at).toISOString()}
            title={current ? fullTime(at) : undefined}
          >
            {current ? timeInFull(at, now) : timeInBrief(at, now)}
          </time>
        )}
      </span>
      {head.person && <span className={classes(styles.person)}>{head.person}</span>}
      {current && head.via && <span className={classes(styles.extra)}>{words.via(head.via)}</span>}
      {current && head.by !== row.proponent && (
        <span className={classes(styles.extra)}>{words.firstMadeBy(nameOf(head.by))}</span>
      )}
    </span>
  )
}
