import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { Form, Group } from 'react-aria-components'
import { strings } from '../../strings.ts'
import { Button } from '../button.tsx'
import { classes } from '../classes.ts'
import { Dialog } from '../dialog.tsx'
import { FormProblem } from './field.tsx'
import styles from './form.module.css'

export interface FormDialogProps {
  readonly title: string
  readonly lead?: string
  readonly submit: string
  /** Resolves with null when it was done, which closes the dialog; otherwise with the sentence to show. */
  readonly onSubmit: () => Promise<string | null>
  readonly onClose: () => void
  /** Whether a required field is still empty. */
  readonly incomplete?: boolean
  readonly shape?: 'centre' | 'side'
  readonly children?: ReactNode
}

/** A dialog with a form that is sent to the server, also by Mod-Enter. After a refusal the fields keep their contents. */
export function FormDialog(props: FormDialogProps) {
  const { title, lead, submit, onSubmit, onClose, incomplete = false, shape = 'centre', children } = props
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const open = useRef(false)
  useEffect(() => {
    open.current = true
    return () => {
      open.current = false
    }
  }, [])
  const send = async () => {
    if (busy || incomplete) return
    setBusy(true)
    const refused = await onSubmit()
    setBusy(false)
    setProblem(refused)
    // The dialog may have been closed meanwhile, and another one opened.
    if (refused === null && open.current) onClose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
    event.preventDefault()
    void send()
  }
  return (
    <Dialog title={title} shape={shape} onClose={onClose}>
      <Form
        className={classes(styles.form)}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        {lead && <p className={classes(styles.lead)}>{lead}</p>}
        <Group className={classes(styles.fields)} onKeyDown={onKeyDown}>
          {children}
        </Group>
        {problem && <FormProblem>{problem}</FormProblem>}
        <div className={classes(styles.buttons)}>
          <Button look="quiet" onPress={onClose}>
            {strings.cancel}
          </Button>
          <Button type="submit" look="primary" isPending={busy} isDisabled={incomplete}>
            {submit}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
