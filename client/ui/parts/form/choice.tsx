import { Label, Radio, RadioGroup } from 'react-aria-components'
import { classes } from '../classes.ts'
import styles from './choice.module.css'

interface Props<T extends string> {
  readonly label: string
  /** Whether the dialog's heading already shows the label, so that it is only for screen readers. */
  readonly headed?: boolean
  readonly options: readonly { readonly value: T; readonly name: string; readonly note?: string }[]
  readonly value: T
  readonly onChange: (value: T) => void
}

/** Radio buttons for a few options, each with a line that explains it. */
export function Choice<T extends string>({ label, headed = false, options, value, onChange }: Props<T>) {
  return (
    <RadioGroup
      className={classes(styles.choice)}
      value={value}
      onChange={(chosen) => {
        const option = options.find((each) => each.value === chosen)
        if (option) onChange(option.value)
      }}
    >
      <Label className={headed ? 'visually-hidden' : classes(styles.label)}>{label}</Label>
      <div className={classes(styles.options)}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className={classes(styles.option)}>
            <span className={classes(styles.name)}>{option.name}</span>
            {option.note && <span className={classes(styles.note)}>{option.note}</span>}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
