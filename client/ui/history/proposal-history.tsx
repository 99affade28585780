import { useState } from 'react'
import type { ProposalRow } from '#shared/document/composition/board.ts'
import { notedWords } from '#shared/document/proposed-words.ts'
import { recordGet } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { readAlike } from '#shared/document/text/fingerprint.ts'
import { useDesk } from '../state/desk.ts'
import { nameOf } from '../state/names.ts'
import { useNow } from '../hooks/now.ts'
import { eventsOf } from './record.ts'
import type { ProposalEvent } from './record.ts'
import { useValue } from '../hooks/use-value.ts'
import { fullTime, timeInFull } from '../words/time.ts'
import { stopAt } from '../state/walk.ts'
import { Wording } from '../cards/wording.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { strings } from '../strings.ts'
import styles from './history.module.css'
import { TextOf } from '../parts/text-of.tsx'
import { namedProposal } from '../state/named-proposal.ts'

const words = strings.proposals.history

/** The history of the current proposal: positions and statements, decisions, and decisions taken back. */
export function ProposalHistory({ od }: { readonly od: OutcomeDocument }) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const now = useNow()
  const [first] = useState(() => stopAt(desk.board.get(), desk.current.get()))
  const stop = stopAt(board, first?.row.id ?? null) ?? first
  const close = () => {
    desk.panel.set(null)
    desk.wantFocus(desk.current.get())
  }
  return (
    <Dialog title={words.ofProposal} shape="side" onClose={close}>
      {stop ? (
        <>
          <p>{namedProposal(stop)}</p>
          <Wording row={stop.row} />
          <ol className={classes(styles.events)}>
            {eventsOf(stop.row, recordGet(od, `reworded/${stop.row.id}`)).map((event, i) => (
              <li key={i}>
                <p>
                  {sentence(event)}
                  {event.via && `, ${strings.proposals.via(event.via)}`}
                </p>
                <Formerly words={formerly(od, stop.row, event)} />
                <time dateTime={new Date(event.at).toISOString()} title={fullTime(event.at)}>
                  {timeInFull(event.at, now)}
                </time>
              </li>
            ))}
          </ol>
        </>
      ) : (
        <p className={classes(styles.empty)}>{strings.decided.noCurrent}</p>
      )}
    </Dialog>
  )
}

/** The wording to which an event refers, if it differs from the present one; otherwise empty. */
function formerly(od: OutcomeDocument, { id, text, struck }: ProposalRow, event: ProposalEvent): string {
  const noted = 'wording' in event ? notedWords(od, id, event.wording) : undefined
  if (!noted || (readAlike(noted.text, text) && readAlike(noted.struck, struck))) return ''
  return noted.text === '' ? noted.struck : noted.text
}

function Formerly({ words: earlier }: { readonly words: string }) {
  if (earlier === '') return null
  return (
    <TextOf words={earlier} className={classes(styles.formerly)}>
      {words.onEarlier(earlier)}
    </TextOf>
  )
}

const signed = ({ by, person }: { readonly by: ParticipantId; readonly person: string }): string =>
  strings.history.signed(nameOf(by), person)

function sentence(event: ProposalEvent): string {
  switch (event.what) {
    case 'proposed':
      return words.proposed(nameOf(event.by), event.person)
    case 'position':
      return event.position === null
        ? words.took(nameOf(event.who))
        : words.said(nameOf(event.who), event.position)
    case 'cosponsored':
      return words.cosponsored(nameOf(event.who))
    case 'uncosponsored':
      return words.uncosponsored(nameOf(event.who))
    case 'dissociated':
      return words.dissociated(nameOf(event.who))
    case 'associated':
      return words.associated(nameOf(event.who))
    case 'reworded':
      return words.reworded(nameOf(event.who))
    case 'condition':
      return words.condition(event.text)
    case 'decided':
      return words.decided(strings.dispositions[event.decision.disposition], signed(event.decision))
    case 'reanchored':
      return words.reanchored[event.how](signed(event), event.quote, event.behind)
    case 'taken-over':
      return words.takenOver(signed(event))
    case 'reopened':
      return words.reopened(signed(event), event.reason)
  }
}
