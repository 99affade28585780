import { useState } from 'react'
import type { Board } from '#shared/document/composition/board.ts'
import { newMeetingId } from '#shared/model/ids.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import type { Meeting, Policy } from '#shared/model/meeting.ts'
import { can } from '#shared/model/role.ts'
import { ParagraphsPicker } from '../paragraph/paragraph-picker.tsx'
import { Choice } from '../parts/form/choice.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/form/field.tsx'
import { FormDialog } from '../parts/form/form-dialog.tsx'
import { labelsOf } from '../silence/silence-details.tsx'
import { submit, randomBytes } from '../state/send.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { fullTime } from '../words/time.ts'
import { strings } from '../strings.ts'
import styles from './room.module.css'

const words = strings.room
const TITLE_LENGTH = 200

interface Closing {
  readonly onClose: () => void
}

/** The dialog of meetings: opens one or closes the one in progress, and lists the former ones. */
export function MeetingDialog({ onClose }: Closing) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const { role } = useValue(desk.actor)
  // As it was when the dialog opened: a meeting that has just been opened must not turn this form into the one that closes it.
  const [on] = useState(() => board.meetings.findLast(({ closedAt }) => closedAt === null))
  if (!can(role, 'decide'))
    return (
      <Dialog title={on ? words.closeTitle : words.past} onClose={onClose}>
        {on && <MeetingFacts board={board} meeting={on} />}
        <FormerMeetings board={board} />
      </Dialog>
    )
  return on ? (
    <FormDialog
      title={words.closeTitle}
      submit={words.closeSubmit}
      onClose={onClose}
      onSubmit={() => submit(desk, { kind: 'meeting-close' }, words.closed(on.title))}
    >
      <MeetingFacts board={board} meeting={on} />
      <FormerMeetings board={board} />
    </FormDialog>
  ) : (
    <OpenMeeting board={board} onClose={onClose} />
  )
}

function OpenMeeting({ board, onClose }: Closing & { readonly board: Board }) {
  const desk = useDesk()
  const [title, setTitle] = useState(words.meetingDefault(board.meetings.length + 1))
  const [agenda, setAgenda] = useState<readonly ParagraphId[]>([])
  const given = title.trim()
  return (
    <FormDialog
      title={words.openTitle}
      lead={words.openLead}
      submit={words.openSubmit}
      incomplete={given === ''}
      onClose={onClose}
      onSubmit={() =>
        submit(
          desk,
          { kind: 'meeting-open', meeting: newMeetingId(randomBytes), title: given, agenda },
          words.opened(given),
        )
      }
    >
      <Field label={words.meetingTitle} value={title} onChange={setTitle} maxLength={TITLE_LENGTH} focused />
      <ParagraphsPicker
        label={words.agenda}
        note={strings.paragraph.move.afterNote}
        chosen={agenda}
        onChange={setAgenda}
      />
      <FormerMeetings board={board} />
    </FormDialog>
  )
}

interface FactsProps {
  readonly board: Board
  readonly meeting: Meeting
}

function MeetingFacts({ board, meeting }: FactsProps) {
  return (
    <div>
      <p>
        <strong>{meeting.title}</strong>
      </p>
      <p className={classes(styles.quiet)}>
        {words.openedBy(meeting.person || meeting.by, fullTime(meeting.openedAt))}
      </p>
      <p>
        {meeting.agenda.length === 0
          ? words.noAgenda
          : `${words.agendaIs}: ${labelsOf(board, meeting.agenda)}`}
      </p>
    </div>
  )
}

function FormerMeetings({ board }: { readonly board: Board }) {
  const past = board.meetings.filter(({ closedAt }) => closedAt !== null).toReversed()
  if (past.length === 0) return null
  return (
    <section>
      <h3>{words.past}</h3>
      <ul className={classes(styles.list)}>
        {past.map((meeting) => (
          <li key={meeting.id}>
            <MeetingFacts board={board} meeting={meeting} />
          </li>
        ))}
      </ul>
    </section>
  )
}

type Attribution = Policy['attribution']

/** The dialog for the attribution policy: whether proposals show their proponents' names. */
export function AttributionDialog({ onClose }: Closing) {
  const desk = useDesk()
  const now = useValue(desk.board).policy?.attribution ?? 'attributed'
  const [wanted, setWanted] = useState<Attribution>(now)
  return (
    <FormDialog
      title={words.attributionTitle}
      submit={words.attributionSubmit}
      incomplete={wanted === now}
      onClose={onClose}
      onSubmit={() =>
        submit(
          desk,
          { kind: 'policy-set', attribution: wanted },
          words.attributionSet(wanted === 'unattributed'),
        )
      }
    >
      <Choice<Attribution>
        label={words.attributionTitle}
        headed
        value={wanted}
        onChange={setWanted}
        options={[
          { value: 'attributed', name: words.attributed, note: words.attributedNote },
          { value: 'unattributed', name: words.unattributed, note: words.unattributedNote },
        ]}
      />
    </FormDialog>
  )
}
