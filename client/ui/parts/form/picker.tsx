import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Autocomplete, Input, Label, ListBox, ListBoxItem, Text, TextField } from 'react-aria-components'
import { classes } from '../classes.ts'
import fieldStyles from './field.module.css'
import { focusNow } from '../../hooks/focus-now.ts'
import styles from './picker.module.css'

export interface PickerItem {
  readonly id: string
  /** Shown in the field once the item is chosen. */
  readonly name: string
  readonly shown: ReactNode
}

interface Props {
  readonly label: string
  readonly note?: string
  readonly placeholder?: string
  /** The items that match what was typed, best first. */
  readonly find: (typed: string) => readonly PickerItem[]
  readonly onPick: (id: string | null) => void
  readonly nothing: string
  readonly initial?: string
  /** Empties the field once something was picked, to pick the next one. */
  readonly several?: boolean
  readonly focused?: boolean
}

/** Most items in the list. */
const SHOWN = 60

/** A field with type-ahead. The list of matching items takes space under the field, so it covers nothing. */
export function Picker(props: Props) {
  const { label, note, placeholder, find, onPick, nothing, initial = '', several, focused } = props
  const [typed, setTyped] = useState(initial)
  const [open, setOpen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const items = open ? find(typed === initial ? '' : typed).slice(0, SHOWN) : []
  const pick = (key: string | number) => {
    const item = items.find(({ id }) => id === key)
    if (!item) return
    onPick(item.id)
    setTyped(several ? '' : item.name)
    setOpen(false)
  }
  const type = (value: string) => {
    if (value === typed) return
    setTyped(value)
    setOpen(true)
    if (!several) onPick(null)
  }
  return (
    <div
      ref={place}
      className={classes(fieldStyles.field)}
      onBlur={({ relatedTarget }) => {
        if (relatedTarget !== null && !place.current?.contains(relatedTarget)) setOpen(false)
      }}
    >
      <Autocomplete inputValue={typed} onInputChange={type}>
        <TextField
          className={classes(fieldStyles.field)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') setOpen(true)
            else if (event.key === 'Escape' && open) {
              // The first Escape closes the list, and a second one the dialog with the field.
              event.stopPropagation()
              setOpen(false)
            } else event.continuePropagation()
          }}
        >
          <Label className={classes(fieldStyles.label)}>{label}</Label>
          <Input
            ref={focused ? focusNow : null}
            className={classes(fieldStyles.input)}
            placeholder={placeholder ?? ''}
            onClick={() => setOpen(true)}
          />
          {note && (
            <Text slot="description" className={classes(fieldStyles.note)}>
              {note}
            </Text>
          )}
        </TextField>
        {open && <List label={label} items={items} nothing={nothing} onPick={pick} />}
      </Autocomplete>
    </div>
  )
}

interface ListProps {
  readonly label: string
  readonly items: readonly PickerItem[]
  readonly nothing: string
  readonly onPick: (key: string | number) => void
}

const List = ({ label, items, nothing, onPick }: ListProps) => (
  <ListBox<PickerItem>
    aria-label={label}
    items={items}
    className={classes(styles.list)}
    renderEmptyState={() => <p className={classes(styles.nothing)}>{nothing}</p>}
    onAction={onPick}
  >
    {(item) => (
      <ListBoxItem id={item.id} textValue={item.name} className={classes(styles.item)}>
        {item.shown}
      </ListBoxItem>
    )}
  </ListBox>
)
