import { useId, useState } from 'react'
import { Form } from 'react-aria-components'
import { nameOf } from '#shared/directory/directory.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { REMARK_LIMIT } from '#shared/model/proposals/position.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Field, FormProblem } from '../parts/form/field.tsx'
import dialogs from '../dialogs/dialogs.module.css'
import { noteFocus } from '../state/focus.ts'
import { strings } from '../strings.ts'
import styles from './comments.module.css'

const words = strings.comments

interface Props {
  readonly label: string
  /** The private spaces to choose from, beside everybody; empty for no choice. */
  readonly spaces: readonly ParticipantId[]
  /** Resolves with null when it was sent, otherwise with the sentence why not. */
  readonly onSend: (text: string, space: ParticipantId | null) => Promise<string | null>
  readonly onCancel?: () => void
  readonly focused?: boolean
}

/** A field for a comment. Its text stays until it was sent. */
export function Composer({ label, spaces, onSend, onCancel, focused = false }: Props) {
  const [text, setText] = useState('')
  const [space, setSpace] = useState<ParticipantId | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  // A new key after sending makes a new, empty field, which takes the focus if it is still here.
  const [sent, setSent] = useState(0)
  const [stays, setStays] = useState(false)
  const given = text.trim()
  const send = async () => {
    if (given === '' || busy) return
    setBusy(true)
    const still = noteFocus()
    const refused = await onSend(given, space)
    setBusy(false)
    setProblem(refused)
    if (refused !== null) return
    setText('')
    setStays(still())
    setSent(sent + 1)
  }
  return (
    <Form
      className={classes(styles.composer)}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Field
        key={sent}
        label={label}
        placeholder={words.placeholder}
        value={text}
        onChange={setText}
        lines={3}
        maxLength={REMARK_LIMIT}
        focused={sent === 0 ? focused : stays}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return event.continuePropagation()
          event.preventDefault()
          void send()
        }}
      />
      {problem && <FormProblem>{problem}</FormProblem>}
      <div className={classes(styles.send)}>
        {spaces.length > 0 && <Audience spaces={spaces} space={space} onSpace={setSpace} />}
        {onCancel && (
          <Button small look="quiet" onPress={onCancel}>
            {strings.cancel}
          </Button>
        )}
        <Button small type="submit" look="primary" isPending={busy} isDisabled={given === ''}>
          {words.send}
        </Button>
      </div>
    </Form>
  )
}

interface AudienceProps {
  readonly spaces: readonly ParticipantId[]
  readonly space: ParticipantId | null
  readonly onSpace: (space: ParticipantId | null) => void
}

/** Everybody, or a delegation's own. */
function Audience({ spaces, space, onSpace }: AudienceProps) {
  const id = useId()
  return (
    <label htmlFor={id} className={classes(dialogs.selectRow)}>
      {words.audience}
      <select
        id={id}
        className={classes(dialogs.select)}
        value={space ?? ''}
        onChange={(event) => onSpace(spaces.find((each) => each === event.target.value) ?? null)}
      >
        <option value="">{words.everybody}</option>
        {spaces.map((each) => (
          <option key={each} value={each}>
            {words.within(nameOf(each))}
          </option>
        ))}
      </select>
    </label>
  )
}
