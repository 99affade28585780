import { useState } from 'react'
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import fieldStyles from './field.module.css'
import { focusNow } from './focus-now.ts'
import styles from './picker.module.css'

export interface PickerItem {
  readonly id: string
  /** What is typed to find it, and stands in the field once it is chosen. */
  readonly name: string
  readonly shown: ReactNode
}

interface Props {
  readonly label: string
  readonly note?: string
  readonly placeholder?: string
  /** Those that fit what was typed, best first. */
  readonly find: (typed: string) => readonly PickerItem[]
  readonly onPick: (id: string | null) => void
  /** What was typed, for what need not be in the list. */
  readonly onTyped?: (typed: string) => void
  readonly nothing: string
  readonly initial?: string
  /** Empties the field once something was picked, to pick the next one. */
  readonly several?: boolean
  readonly focused?: boolean
}

/** As many as anybody reads in a list. */
const SHOWN = 60

/** A field with type-ahead: a few letters or a number, Enter. */
export function Picker(props: Props) {
  const { label, note, placeholder, find, onPick, onTyped, nothing, initial = '', several, focused } = props
  const [typed, setTyped] = useState(initial)
  const [chosen, setChosen] = useState<string | null>(null)
  const picked = chosen !== null && typed === chosen
  const items = find(picked ? '' : typed).slice(0, SHOWN)
  const pick = (key: string | number | null) => {
    const item = items.find(({ id }) => id === key)
    if (!item) return
    onPick(item.id)
    setTyped(several ? '' : item.name)
    setChosen(several ? null : item.name)
  }
  return (
    <ComboBox
      className={classes(fieldStyles.field)}
      inputValue={typed}
      onInputChange={(value) => {
        setTyped(value)
        onTyped?.(value)
        if (!several && value !== chosen) onPick(null)
      }}
      items={items}
      selectedKey={null}
      onSelectionChange={pick}
      menuTrigger="focus"
      allowsCustomValue
      allowsEmptyCollection
    >
      <Label className={classes(fieldStyles.label)}>{label}</Label>
      <Input
        ref={focused ? focusNow : null}
        className={classes(fieldStyles.input)}
        placeholder={placeholder ?? ''}
      />
      {note && (
        <Text slot="description" className={classes(fieldStyles.note)}>
          {note}
        </Text>
      )}
      <Popover className={classes(styles.popover)}>
        <ListBox<PickerItem>
          className={classes(styles.list)}
          renderEmptyState={() => <p className={classes(styles.nothing)}>{nothing}</p>}
        >
          {(item) => (
            <ListBoxItem id={item.id} textValue={item.name} className={classes(styles.item)}>
              {item.shown}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
