import { useState } from 'react'
import type { DecidedRow } from '#shared/document/composition/board.ts'
import type { Decision, Reopened } from '#shared/model/proposals/decision.ts'
import { isTakeOver } from '#shared/model/proposals/decision.ts'
import { useDesk } from '../state/desk.ts'
import { nameOf } from '../state/names.ts'
import { useNow } from '../hooks/now.ts'
import { entriesOf } from './record.ts'
import type { Entry } from './record.ts'
import { useSelected } from '../hooks/use-value.ts'
import { fullTime, timeInFull } from '../words/time.ts'
import { Wording } from '../cards/wording.tsx'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { referenceOf } from '../paragraph/status.ts'
import { strings } from '../strings.ts'
import styles from './history.module.css'
import { HistoryActions } from './history-actions.tsx'

/** Entries drawn at once. */
const PAGE = 60

const words = strings.history
const more = strings.proposals.history

/** All decisions, latest first, including those that were taken back. */
export function History() {
  const desk = useDesk()
  const entries = useSelected(desk.board, entriesOf)
  const [shown, setShown] = useState(PAGE)
  return (
    <Dialog title={words.title} shape="side" onClose={() => desk.panel.set(null)}>
      {entries.length === 0 && <p className={classes(styles.empty)}>{words.empty}</p>}
      <ol className={classes(styles.list)}>
        {entries
          .slice(0, shown)
          .map((entry) =>
            entry.kind === 'decided' ? (
              <DecidedEntry key={entry.row.id} row={entry.row} />
            ) : (
              <OpenAgain key={entry.stop.row.id} entry={entry} />
            ),
          )}
      </ol>
      {shown < entries.length && <Button onPress={() => setShown(shown + PAGE)}>{words.more}</Button>}
    </Dialog>
  )
}

/** The deciding body and the person who entered the decision. */
const signed = ({ by, person }: Pick<Decision, 'by' | 'person'>): string => words.signed(nameOf(by), person)

const decidedBy = (decision: Pick<Decision, 'by' | 'person' | 'disposition'>): string =>
  more.decided(strings.dispositions[decision.disposition], signed(decision))

const takenBackBy = (one: Reopened): string =>
  isTakeOver(one) ? more.takenOver(signed(one)) : more.reopened(signed(one), one.reason)

interface HeadProps {
  readonly row: Pick<DecidedRow, 'proponent'>
  readonly label: string
  readonly at: number
}

function Head({ row, label, at }: HeadProps) {
  const now = useNow()
  return (
    <div className={classes(styles.head)}>
      <Chip participant={row.proponent} />
      <span className={classes(styles.place)}>{label}</span>
      <time dateTime={new Date(at).toISOString()} title={fullTime(at)}>
        {timeInFull(at, now)}
      </time>
    </div>
  )
}

/** "2", or "2 with everything below (5)". */
const withThoseBelow = (label: string, below: number | null): string =>
  below === null ? label : strings.paragraph.below(label, below)

function DecidedEntry({ row }: { readonly row: DecidedRow }) {
  const desk = useDesk()
  const label = useSelected(desk.board, (board) => {
    const block = board.blocks.find(({ id }) => id === row.block)
    return block ? referenceOf(block) : ''
  })
  const { disposition, at, effect } = row.decision
  const together = useSelected(
    desk.board,
    ({ decided }) => decided.filter(({ decision }) => decision.acceptedWith === row.id).length,
  )
  const below = effect.kind === 'family-changed' ? effect.parts.length - 1 : together || null
  return (
    <li className={classes(styles.entry)}>
      {row.head.kind === 'choice' ? (
        <>
          <Head row={row} label={label} at={at} />
          {below !== null && <p>{strings.options.inHistory(label, below + 1)}</p>}
        </>
      ) : (
        <>
          <Head row={row} label={withThoseBelow(label, below)} at={at} />
          <Wording row={{ ...row, struck: row.head.quote }} lines={3} />
        </>
      )}
      <p className={classes(styles.what)} data-disposition={disposition}>
        {decidedBy(row.decision)}
        <Grounds row={row} />
      </p>
      {row.reopened.map((earlier) => (
        <p key={earlier.at} className={classes(styles.earlier)}>
          {decidedBy(earlier.decision)}
          {'. '}
          {takenBackBy(earlier)}
        </p>
      ))}
      <HistoryActions row={row} />
    </li>
  )
}

/** The grounds of a decision: its basis, the proposal accepted instead, the meeting, and who wrote it down. */
function Grounds({ row }: { readonly row: DecidedRow }) {
  const desk = useDesk()
  const { basis, meeting, supersededBy, via } = row.decision
  const title = useSelected(
    desk.board,
    (board) => board.meetings.find(({ id }) => id === meeting)?.title ?? '',
  )
  const winner = useSelected(
    desk.board,
    (board) => board.decided.find(({ id }) => id === supersededBy)?.proponent,
  )
  const grounds = [
    ...(winner ? [more.supersededBy(nameOf(winner))] : []),
    ...(basis ? [more.basis(basis).toLowerCase()] : []),
    ...(title ? [more.meeting(title)] : []),
    ...(via ? [strings.proposals.via(via)] : []),
  ]
  return grounds.length > 0 && <span className={classes(styles.grounds)}>{grounds.join(' · ')}</span>
}

/** The entry of a proposal whose decision was taken back. */
function OpenAgain({ entry }: { readonly entry: Extract<Entry, { kind: 'reopened' }> }) {
  const desk = useDesk()
  const { stop, last } = entry
  return (
    <li className={classes(styles.entry)}>
      <Head row={stop.row} label={withThoseBelow(referenceOf(stop.block), stop.row.below)} at={last.at} />
      <Wording row={stop.row} lines={3} />
      <p className={classes(styles.what)}>
        {decidedBy(last.decision)}
        <span className={classes(styles.grounds)}>{takenBackBy(last)}</span>
      </p>
      <div className={classes(styles.foot)}>
        <Button
          small
          look="quiet"
          onPress={() => {
            desk.panel.set(null)
            desk.select(stop.row.id, { reveal: true, focus: true })
          }}
        >
          {more.goThere}
        </Button>
      </div>
    </li>
  )
}
