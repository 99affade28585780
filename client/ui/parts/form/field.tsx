import type { ReactNode } from 'react'
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components'
import type { TextFieldProps } from 'react-aria-components'
import { strings } from '../../strings.ts'
import { classes } from '../classes.ts'
import { focusNow } from '../../hooks/focus-now.ts'
import styles from './field.module.css'

export interface FieldProps extends Omit<TextFieldProps, 'className' | 'children' | 'style'> {
  readonly label: string
  readonly note?: string
  readonly error?: string | undefined
  readonly placeholder?: string
  /** Number of lines; absent for a field of one line. */
  readonly lines?: number
  readonly optional?: boolean
  readonly serif?: boolean
  /** Whether it takes the focus when it appears. */
  readonly focused?: boolean
}

/** A labelled text field with its note and its error. */
export function Field({
  label,
  note,
  error,
  placeholder,
  lines,
  optional,
  serif,
  focused,
  ...rest
}: FieldProps) {
  const look = classes(styles.input, serif && styles.serif)
  return (
    <TextField {...rest} isInvalid={error !== undefined} className={classes(styles.field)}>
      <Label className={classes(styles.label)}>
        {label}
        {optional && <span className={classes(styles.optional)}> ({strings.optional})</span>}
      </Label>
      {lines ? (
        <TextArea
          ref={focused ? focusNow : null}
          className={look}
          rows={lines}
          placeholder={placeholder ?? ''}
          dir="auto"
        />
      ) : (
        <Input ref={focused ? focusNow : null} className={look} placeholder={placeholder ?? ''} dir="auto" />
      )}
      {note && (
        <Text slot="description" className={classes(styles.note)}>
          {note}
        </Text>
      )}
      <FieldError className={classes(styles.error)}>{error}</FieldError>
    </TextField>
  )
}

/** The error of a whole form. Screen readers announce it at once. */
export const FormProblem = ({ children }: { readonly children: ReactNode }) => (
  <p role="alert" className={classes(styles.problem)}>
    {children}
  </p>
)
