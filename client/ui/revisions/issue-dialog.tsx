import { useState } from 'react'
import { REMARK_LIMIT } from '#shared/model/proposals/position.ts'
import { classes } from '../parts/classes.ts'
import { Field } from '../parts/form/field.tsx'
import { FormDialog } from '../parts/form/form-dialog.tsx'
import { submit } from '../state/send.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import { previewOf } from './preview.ts'
import styles from './revisions.module.css'

const words = strings.revisions

/** The dialog for issuing a revision. It first shows how paragraph numbers will change. */
export function IssueDialog({ onClose }: { readonly onClose: () => void }) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const [note, setNote] = useState('')
  // The revision's number, kept so that it does not change while the dialog closes after issuing.
  const [number] = useState((board.revisions.at(-1)?.number ?? 0) + 1)
  const { renumbered, vacant, open, examples } = previewOf(board, desk.port.renumbered())
  return (
    <FormDialog
      title={words.issueTitle(number)}
      lead={words.issueLead}
      submit={words.submit(number)}
      onClose={onClose}
      onSubmit={() => submit(desk, { kind: 'revision-issue', note: note.trim() }, words.issued(number))}
    >
      <section className={classes(styles.preview)} aria-label={words.preview}>
        <h3>{words.preview}</h3>
        <ul>
          <li>
            {words.previewRenumbered(renumbered)}
            {examples.length > 0 && (
              <span className={classes(styles.examples)}>
                {' '}
                ({examples.map(([was, now]) => `${was} → ${now}`).join(', ')}
                {renumbered > examples.length && ' …'})
              </span>
            )}
          </li>
          {vacant > 0 && <li>{words.previewVacant(vacant)}</li>}
          <li>{words.previewOpen(open)}</li>
        </ul>
      </section>
      <Field
        label={words.note}
        optional
        value={note}
        onChange={setNote}
        lines={5}
        maxLength={REMARK_LIMIT}
        focused
      />
    </FormDialog>
  )
}
