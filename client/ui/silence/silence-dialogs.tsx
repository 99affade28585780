import { useState } from 'react'
import type { Silence } from '#shared/model/silence.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import { ParagraphsPicker } from '../paragraph/paragraph-picker.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/form/field.tsx'
import { FormDialog } from '../parts/form/form-dialog.tsx'
import forms from '../parts/form/form.module.css'
import { submit, onBehalf } from '../state/send.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import { clockAt, deadlineHere, deadlineIn, momentOf, ownZone } from './deadline.ts'
import { DeadlineField } from './deadline-field.tsx'

const words = strings.silence
const REMARK_LENGTH = 4_000
const DAY = 86_400_000

interface Closing {
  readonly onClose: () => void
}

/** The state of a deadline field. It begins two days after `from` (milliseconds since 1970), at `time` in `zone`. */
function useDeadline(from: number, zone: string, time: string) {
  const desk = useDesk()
  const [clock, setClock] = useState(() => ({ ...clockAt(from + 2 * DAY, zone), time }))
  const moment = momentOf(clock)
  const now = desk.port.now()
  const wrong = moment === null ? words.bad : moment <= now ? words.past : null
  const said = moment === null ? '' : describe(moment, clock.zone)
  return {
    clock,
    setClock,
    moment: wrong === null ? moment : null,
    said: wrong ?? said,
    wrong: wrong !== null,
  }
}

const describe = (moment: number, zone: string): string =>
  words.deadlineIs(deadlineIn(moment, zone), deadlineHere(moment, zone, ownZone()))

export function PlaceSilenceDialog({ onClose }: Closing) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const latest = board.revisions.at(-1)
  const [note, setNote] = useState('')
  const { clock, setClock, moment, said, wrong } = useDeadline(desk.port.now(), ownZone(), '18:00')
  if (!latest)
    return (
      <Dialog title={words.place.replace('…', '')} onClose={onClose}>
        <p className={classes(forms.lead)}>{words.needsRevision}</p>
      </Dialog>
    )
  const revision = latest.number
  return (
    <FormDialog
      title={words.placeTitle(revision)}
      lead={words.placeLead}
      submit={words.submit}
      incomplete={moment === null}
      onClose={onClose}
      onSubmit={() =>
        submit(
          desk,
          { kind: 'silence-place', revision, deadline: moment ?? 0, zone: clock.zone, note: note.trim() },
          words.placed(revision),
        )
      }
    >
      <DeadlineField clock={clock} onClock={setClock} said={said} wrong={wrong} />
      <Field
        label={words.note}
        optional
        value={note}
        onChange={setNote}
        lines={3}
        maxLength={REMARK_LENGTH}
      />
    </FormDialog>
  )
}

export function ExtendSilenceDialog({ silence, onClose }: Closing & { readonly silence: Silence }) {
  const desk = useDesk()
  const { time } = clockAt(silence.deadline, silence.zone)
  const { clock, setClock, moment, said, wrong } = useDeadline(silence.deadline - DAY, silence.zone, time)
  const earlier = moment !== null && moment <= silence.deadline
  return (
    <FormDialog
      title={words.extendTitle}
      lead={describe(silence.deadline, silence.zone)}
      submit={words.extendSubmit}
      incomplete={moment === null || earlier}
      onClose={onClose}
      onSubmit={() => submit(desk, { kind: 'silence-extend', deadline: moment ?? 0 }, words.extended)}
    >
      <DeadlineField
        clock={clock}
        onClock={setClock}
        said={earlier ? words.earlier : said}
        wrong={wrong || earlier}
      />
    </FormDialog>
  )
}

interface BreakProps extends Closing {
  readonly silence: Silence
  readonly paragraphs: readonly ParagraphId[]
}

export function BreakSilenceDialog({ silence, paragraphs, onClose }: BreakProps) {
  const desk = useDesk()
  const [chosen, setChosen] = useState(paragraphs)
  const [objection, setObjection] = useState('')
  const [text, setText] = useState('')
  return (
    <FormDialog
      title={words.breakTitle}
      lead={words.breakLead(silence.revision)}
      submit={words.breakSubmit}
      incomplete={chosen.length === 0 || objection.trim() === ''}
      onClose={onClose}
      onSubmit={() =>
        submit(
          desk,
          {
            kind: 'silence-break',
            paragraphs: chosen,
            objection: objection.trim(),
            text: text.trim(),
            ...onBehalf(desk),
          },
          words.broken,
        )
      }
    >
      <ParagraphsPicker
        label={words.paragraphs}
        note={strings.paragraph.move.afterNote}
        chosen={chosen}
        onChange={setChosen}
        focused={paragraphs.length === 0}
      />
      <Field
        label={words.objection}
        value={objection}
        onChange={setObjection}
        lines={4}
        maxLength={REMARK_LENGTH}
        focused={paragraphs.length > 0}
      />
      <Field label={words.text} optional value={text} onChange={setText} lines={4} serif />
    </FormDialog>
  )
}
