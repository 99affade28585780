import { Label, Radio, RadioGroup } from 'react-aria-components'
import styles from '../../dialogs/dialogs.module.css'
import { classes } from '../classes.ts'

interface Props<T extends string> {
  readonly label: string
  /** Whether the dialog's heading already shows the label, so that it is only for screen readers. */
  readonly headed?: boolean
  readonly options: readonly { readonly value: T; readonly name: string; readonly note?: string }[]
  readonly value: T
  readonly onChange: (value: T) => void
}

/** One of a few, each with a line that says what it means. */
export function Choice<T extends string>({ label, headed = false, options, value, onChange }: Props<T>) {
  return (
    <RadioGroup
      className={classes(styles.roles)}
      value={value}
      onChange={(chosen) => {
        const option = options.find((each) => each.value === chosen)
        if (option) onChange(option.value)
      }}
    >
      <Label className={headed ? 'visually-hidden' : classes(styles.groupLabel)}>{label}</Label>
      <div className={classes(styles.roleOptions)}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className={classes(styles.role)}>
            <span className={classes(styles.roleName)}>{option.name}</span>
            {option.note && <span className={classes(styles.roleNote)}>{option.note}</span>}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
