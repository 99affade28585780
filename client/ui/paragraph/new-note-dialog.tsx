import { useState } from 'react'
import type { Selected } from '#client/editor/carets/selected.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { can } from '#shared/model/role.ts'
import dialogs from '../dialogs/dialogs.module.css'
import { useValue } from '../hooks/use-value.ts'
import { classes } from '../parts/classes.ts'
import { Field } from '../parts/form/field.tsx'
import { FormDialog } from '../parts/form/form-dialog.tsx'
import { decide } from '../state/decide.ts'
import { useDesk } from '../state/desk.ts'
import { onBehalf, randomBytes, submit } from '../state/send.ts'
import { stopAt } from '../state/walk.ts'
import { strings } from '../strings.ts'

const words = strings.paragraph

interface Props {
  readonly behind: Selected
  readonly onClose: () => void
}

/** The dialog for a footnote behind a word. Facilitators may put their own into the text at once. */
export function NewNoteDialog({ behind, onClose }: Props) {
  const desk = useDesk()
  const { role } = useValue(desk.actor)
  const [text, setText] = useState('')
  const [direct, setDirect] = useState(false)
  const given = text.trim()
  const mayPlace = can(role, 'decide') && desk.writing.get().onBehalfOf === null
  const place = async () => {
    const { host, last } = behind
    if (last === null) return words.newNote.chooseFirst
    const proposal = newProposalId(randomBytes)
    const change = { kind: 'note', host, at: last, text: given } as const
    const refused = await submit(
      desk,
      { kind: 'paragraph-propose', proposal, change, ...onBehalf(desk) },
      words.done.newNote,
    )
    if (refused !== null || !stopAt(desk.board.get(), proposal)) return refused
    if (direct && mayPlace) await decide(desk, proposal, { kind: 'accept' })
    else desk.select(proposal)
    return null
  }
  return (
    <FormDialog
      title={words.newNote.title}
      lead={words.newNote.lead(behind.lastWords)}
      submit={direct && mayPlace ? words.newNote.place : words.newNote.submit}
      incomplete={given === ''}
      onClose={onClose}
      onSubmit={place}
    >
      <Field label={words.newNote.text} value={text} onChange={setText} lines={3} serif focused />
      {mayPlace && (
        <label className={classes(dialogs.toggle)}>
          <input type="checkbox" checked={direct} onChange={(event) => setDirect(event.target.checked)} />
          <span>{words.newNote.direct}</span>
        </label>
      )}
    </FormDialog>
  )
}
