import { useMemo } from 'react'
import { paragraphHistory, phraseHistory } from '#shared/document/history/history.ts'
import type { Cause, HistoryEvent } from '#shared/document/history/compared.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { HostId } from '#shared/model/ids.ts'
import type { Selected } from '#client/editor/carets/selected.ts'
import { nameOfHost } from '../comments/host-name.ts'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useDesk } from '../state/desk.ts'
import { nameOf } from '../state/names.ts'
import { useNow } from '../hooks/now.ts'
import { useValue } from '../hooks/use-value.ts'
import { fullTime, timeInFull } from '../words/time.ts'
import { strings } from '../strings.ts'
import byline from '../parts/byline.module.css'
import styles from './paragraph-history.module.css'
import { TextOf } from '../parts/text-of.tsx'
import type { ParagraphDialogProps } from '../paragraph/paragraph-dialogs.tsx'

const words = strings.paragraph

/** "Accepted", "Supports it", "Renumbered: 7 → 8", "Asked to delete the paragraph with everything below (5)". */
function whatHappened({ what, detail, below }: HistoryEvent): string {
  switch (what) {
    case 'decided':
      if (detail === 'choice') return words.history.chosen
      return strings.dispositions[detail as keyof typeof strings.dispositions] ?? detail
    case 'reopened':
      return words.history.reopenedDecision
    case 'renumbered':
      return words.history.renumbered(detail)
    case 'silence-broken':
      return words.history.brokeSilence
    default: {
      const said = words.details[detail] ?? detail
      return below === undefined ? said : words.below(said, below)
    }
  }
}

/** The reason that a person gave for an event; empty for none. */
const reasonOf = ({ what, detail }: HistoryEvent): string =>
  what === 'reopened' || what === 'silence-broken' ? detail : ''

/** All that happened to a paragraph, latest first. */
export function ParagraphHistoryDialog({
  block,
  paragraph,
  od,
  onClose,
}: ParagraphDialogProps & { readonly od: OutcomeDocument }) {
  const board = useValue(useDesk().board)
  // Read from the document. The board is a dependency because it changes whenever the document does.
  const events = useMemo(
    () => (board ? paragraphHistory(od, paragraph).toReversed() : []),
    [od, paragraph, board],
  )
  return (
    <Dialog title={words.history.title(block.label)} shape="side" onClose={onClose}>
      {events.length === 0 && <p className={classes(styles.quiet)}>{words.history.empty}</p>}
      <ol className={classes(styles.list)}>
        {events.map((event, i) => (
          // The order of past events never changes, so the index identifies an event.
          <EventItem key={`${event.at} ${i}`} of={block.id} event={event} />
        ))}
      </ol>
    </Dialog>
  )
}

function EventItem({ of, event }: { readonly of: HostId; readonly event: HistoryEvent }) {
  const now = useNow()
  const { at, by, person, via, words: said } = event
  const reason = reasonOf(event)
  return (
    <li className={classes(styles.event)} data-what={event.what}>
      <p className={classes(byline.byline)}>
        <Chip participant={by} />
        {person && person !== by && <span>{person}</span>}
        <time dateTime={new Date(at).toISOString()} title={fullTime(at)}>
          {timeInFull(at, now)}
        </time>
      </p>
      <p className={classes(styles.what)}>
        {whatHappened(event)}
        {via && `, ${strings.proposals.via(via)}`}
      </p>
      {reason && <p dir="auto">{reason}</p>}
      {said && <TextOf of={of} words={said} className={classes(styles.words)} />}
    </li>
  )
}

interface PhraseProps {
  readonly selected: Selected
  readonly od: OutcomeDocument
  readonly onClose: () => void
}

/** Who asked for the selected words, when, and who agreed. */
export function SelectedWordsHistoryDialog({ selected, od, onClose }: PhraseProps) {
  const board = useValue(useDesk().board)
  const { host, from, to, words: phrase } = selected
  const causes = useMemo(
    () => (isProposalId(host) ? [] : phraseHistory(od, host, from, to)),
    [od, host, from, to],
  )
  return (
    <Dialog title={words.history.phrase} shape="side" onClose={onClose}>
      <TextOf element="blockquote" of={selected.block} words={phrase} className={classes(styles.quote)} />
      {isProposalId(host) ? (
        <p>{words.history.inProposal(nameOfHost(board, host))}</p>
      ) : (
        <ol className={classes(styles.list)} aria-label={words.history.whoAsked}>
          {causes.map((cause, i) => (
            <CauseItem key={cause.proposal ?? i} cause={cause} />
          ))}
        </ol>
      )}
    </Dialog>
  )
}

function CauseItem({ cause }: { readonly cause: Cause }) {
  const now = useNow()
  if (cause.proposal === null) return <li className={classes(styles.event)}>{words.history.base}</li>
  const { by, person, proposedAt, decidedBy, decidedPerson, decidedAt, disposition } = cause
  const { takenOverBy, supporters } = cause
  return (
    <li className={classes(styles.event)}>
      <p className={classes(byline.byline)}>
        <Chip participant={by} />
        <span>{words.history.askedFor(words.history.asBy(person, nameOf(by)))}</span>
        {proposedAt !== null && (
          <time dateTime={new Date(proposedAt).toISOString()} title={fullTime(proposedAt)}>
            {timeInFull(proposedAt, now)}
          </time>
        )}
      </p>
      {takenOverBy.length > 0 && <p>{words.history.takenOver(takenOverBy.map(nameOf).join(', '))}</p>}
      {supporters.length > 0 && <p>{words.history.support(supporters.map(nameOf).join(', '))}</p>}
      {disposition !== null && decidedBy !== null && (
        <p>
          {words.history.agreedBy(
            words.history.asBy(decidedPerson, nameOf(decidedBy)),
            strings.dispositions[disposition],
          )}
          {decidedAt !== null && `, ${timeInFull(decidedAt, now)}`}
        </p>
      )}
    </li>
  )
}
