import { useEffect, useRef } from 'react'
import type { ReadName } from '#shared/model/import-brackets.ts'
import type { NameAnswer } from '#shared/model/understanding.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import { knownNames } from './known-names.ts'
import { Name } from './names.tsx'
import type { ImportSession } from './session.ts'
import styles from './piece-bar.module.css'

const words = strings.import

interface Props {
  readonly session: ImportSession
  /** The names in the piece in hand that are still asked about; at least one. */
  readonly names: readonly ReadName[]
  readonly answered: readonly NameAnswer[]
  readonly onClose: () => void
}

/** Asks who is meant by the names in a piece, one after the other. Goes back to the text behind the last one. */
export function NameBar({ session, names, answered, onClose }: Props) {
  const [name] = names
  const isLast = names.length === 1
  const place = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    const bar = place.current
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      onClose()
    }
    bar?.addEventListener('keydown', press)
    return () => bar?.removeEventListener('keydown', press)
  })
  return (
    <fieldset ref={place} className={classes(styles.bar)}>
      <legend>{words.who}</legend>
      {name && (
        <Name
          key={name.written}
          name={name}
          answer={undefined}
          before={knownNames().get(name.written)}
          focused
          onAnswer={(participant) => {
            session.changeNames([...answered, { written: name.written, participant }])
            if (isLast) onClose()
          }}
        />
      )}
      <Button small onPress={onClose}>
        {words.namesDone}
      </Button>
    </fieldset>
  )
}
