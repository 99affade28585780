import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { strings } from '../strings.ts'
import { Button } from './button.tsx'
import { classes } from './classes.ts'
import { Dialog } from './dialog.tsx'
import { FormProblem } from './field.tsx'
import styles from './form-dialog.module.css'

export interface FormDialogProps {
  readonly title: string
  readonly lead?: string
  readonly submit: string
  /** Null when it was done: the dialog closes. Otherwise the sentence to show. */
  readonly onSubmit: () => Promise<string | null>
  readonly onClose: () => void
  /** Something that must be given is not there yet. */
  readonly incomplete?: boolean
  readonly shape?: 'centre' | 'side'
  readonly children?: ReactNode
}

/** A question with an answer that goes to the server; what the server does not take stays in the fields. */
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
    // It may have been closed meanwhile, and another one opened.
    if (refused === null && open.current) onClose()
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
        {children}
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
