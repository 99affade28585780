import { useState } from 'react'
import type { ProposalRow } from '#shared/document/composition/board.ts'
import { CONDITION_LIMIT } from '#shared/model/proposals/position.ts'
import { useDesk } from '../../state/desk.ts'
import { setCondition } from '../../state/stand.ts'
import { Field } from '../../parts/form/field.tsx'
import { strings } from '../../strings.ts'
import { OnPicker } from './on-picker.tsx'
import { TaskForm } from './task-form.tsx'

const words = strings.proposals.condition

/** The form for a condition ("Will be withdrawn if …"), in the proponent's words as the bracket shows them. */
export function ConditionForm({ row }: { readonly row: ProposalRow }) {
  const desk = useDesk()
  const [text, setText] = useState(row.condition?.text ?? '')
  const [on, setOn] = useState(row.condition?.on ?? null)
  const said = text.trim()
  const confirm = () => void setCondition(desk, row, { text: said, on })
  return (
    <TaskForm
      row={row}
      label={words.label}
      confirm={words.confirm}
      disabled={said === ''}
      onConfirm={confirm}
    >
      <Field
        label={words.label}
        note={words.note}
        placeholder={words.placeholder}
        value={text}
        onChange={setText}
        maxLength={CONDITION_LIMIT}
        lines={2}
        focused
      />
      <OnPicker label={words.on} note={words.onNote} of={row.id} initial={on} onPick={setOn} />
    </TaskForm>
  )
}
