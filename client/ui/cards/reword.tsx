import { useState } from 'react'
import type { ProposalRow } from '#shared/document/composition/board.ts'
import { decide } from '../state/decide.ts'
import { useDesk } from '../state/desk.ts'
import { Field } from '../parts/field.tsx'
import { strings } from '../strings.ts'
import { TaskForm } from '../decide/task-form.tsx'

interface Props {
  readonly row: ProposalRow
  readonly what: string
}

/** The form for accepting with changes: the wording can be edited before it is accepted. */
export function Reword({ row, what }: Props) {
  const desk = useDesk()
  const [text, setText] = useState(row.text || row.struck)
  return (
    <TaskForm
      row={row}
      label={strings.act.wordingFor(what)}
      confirm={strings.act.confirm}
      onConfirm={() => void decide(desk, row.id, { kind: 'accept-with-changes', text })}
    >
      <Field
        label={strings.act.wording}
        value={text}
        onChange={setText}
        lines={Math.min(8, Math.max(2, Math.ceil(text.length / 38)))}
        serif
        focused
      />
    </TaskForm>
  )
}
