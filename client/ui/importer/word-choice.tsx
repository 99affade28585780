import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { classes } from '../parts/classes.ts'
import type { Word } from './source-words.ts'
import styles from './piece-bar.module.css'

interface Props {
  readonly words: readonly Word[]
  /** The index of the word that has the focus first. */
  readonly first: number
  /** Says what choosing a word does. */
  readonly labelOf: (word: string) => string
  readonly onChoose: (word: Word) => void
  readonly onClose: () => void
}

/** Words of a source, one of which is chosen: one tab stop, with the arrow keys between them. */
export function WordChoice({ words: list, first, labelOf, onChoose, onClose }: Props) {
  const [current, setCurrent] = useState(first)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.querySelector<HTMLElement>(`[data-word="${current}"]`)?.focus()
  }, [current])
  const press = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key]
    if (event.key === 'Escape') onClose()
    else if (step !== undefined) setCurrent(Math.max(0, Math.min(list.length - 1, current + step)))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={place} className={classes(styles.choice)}>
      {list.map((word, i) => (
        <button
          key={`${word.at}:${word.column}`}
          type="button"
          data-word={i}
          tabIndex={i === current ? 0 : -1}
          aria-label={labelOf(word.text)}
          onClick={() => onChoose(word)}
          onKeyDown={press}
        >
          {word.text}
        </button>
      ))}
    </div>
  )
}
