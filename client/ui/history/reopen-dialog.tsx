import { useState } from 'react'
import type { DecidedRow } from '#shared/document/composition/board.ts'
import { REMARK_LIMIT } from '#shared/model/proposals/position.ts'
import { Field } from '../parts/form/field.tsx'
import { FormDialog } from '../parts/form/form-dialog.tsx'
import { useDesk } from '../state/desk.ts'
import { namedDecision, undoDecision } from '../state/undo-decision.ts'
import { strings } from '../strings.ts'

const words = strings.proposals.history

interface Props {
  readonly row: DecidedRow
  readonly onClose: () => void
}

/** The dialog for taking back a decision after its first seconds. The reason is recorded in the history. */
export function ReopenDecisionDialog({ row, onClose }: Props) {
  const desk = useDesk()
  const [reason, setReason] = useState('')
  const given = reason.trim()
  const submit = async (): Promise<string | null> => {
    const sent = await undoDecision(desk, row.id, { reason: given, inForm: true })
    return sent.state === 'refused' ? sent.message : null
  }
  return (
    <FormDialog
      title={words.reopenTitle}
      lead={namedDecision(desk, row)}
      submit={words.confirmReopen}
      incomplete={given === ''}
      onClose={onClose}
      onSubmit={submit}
    >
      <Field
        label={words.reasonLabel}
        note={words.reasonNeeded}
        value={reason}
        onChange={setReason}
        maxLength={REMARK_LIMIT}
        focused
      />
    </FormDialog>
  )
}
