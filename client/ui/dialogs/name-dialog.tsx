import { useState } from 'react'
import { Form } from 'react-aria-components'
import { can } from '#shared/model/role.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Field, FormProblem } from '../parts/form/field.tsx'
import { strings } from '../strings.ts'
import forms from '../parts/form/form.module.css'

interface Props {
  /** Resolves with null when the name was saved, otherwise with the sentence to show. */
  readonly onName: (name: string) => Promise<string | null>
  readonly onClose: () => void
}

/** Asks for the person's name, once, over the document. */
export function NameDialog({ onName, onClose }: Props) {
  const actor = useValue(useDesk().actor)
  const [name, setName] = useState(actor.name)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  // People who may write must have a name; those who only read may skip it.
  const skippable = actor.name !== '' || !can(actor.role, 'propose')
  const submit = async () => {
    const given = name.trim()
    if (given === '') return
    setBusy(true)
    const failed = await onName(given)
    setBusy(false)
    setProblem(failed)
    if (failed === null) onClose()
  }
  return (
    <Dialog title={strings.name.title} onClose={onClose} dismissable={skippable}>
      <Form
        className={classes(forms.form)}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <p className={classes(forms.lead)}>{strings.name.why(actor.role, actor.participant)}</p>
        <Field
          label={strings.name.label}
          placeholder={strings.name.placeholder}
          value={name}
          onChange={setName}
          maxLength={80}
          autoComplete="name"
          focused
        />
        {problem && <FormProblem>{problem}</FormProblem>}
        <div className={classes(forms.buttons)}>
          {skippable && (
            <Button look="quiet" onPress={onClose}>
              {actor.name ? strings.cancel : strings.name.skip}
            </Button>
          )}
          <Button type="submit" look="primary" isPending={busy} isDisabled={name.trim() === ''}>
            {strings.name.submit}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
