import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import type { Acts } from './acts.ts'
import type { Place } from './corrections.ts'
import type { ShownPiece } from './messages.ts'
import type { Source } from './session.ts'
import styles from './piece-bar.module.css'

const words = strings.import

interface Word extends Place {
  readonly text: string
}

/** How many words of a piece are offered. */
const MOST_WORDS = 2_000

/** Returns the words of a piece. Another one may begin with each but the first. */
function wordsOf({ spans }: ShownPiece, source: Source): readonly Word[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })
  const found: Word[] = []
  for (const { at, from, to } of spans) {
    const text = source.lines[at]?.slice(from, to) ?? ''
    const spaced = /\s/.test(text) || text.length < 12
    const starts = spaced
      ? [...text.matchAll(/\S+/g)].map((match) => ({ index: match.index, segment: match[0] }))
      : [...segmenter.segment(text)]
    for (const { index, segment } of starts) {
      if (found.length > MOST_WORDS) return found
      found.push({ at, column: from + index, text: segment })
    }
  }
  return found
}

interface Props {
  readonly piece: ShownPiece
  readonly source: Source
  readonly acts: Acts
  readonly onClose: () => void
}

/** The words of a piece, of which one is chosen for the next piece to begin with. */
export function DivideBar({ piece, source, acts, onClose }: Props) {
  const [first, ...list] = wordsOf(piece, source)
  const [current, setCurrent] = useState(0)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.querySelector<HTMLElement>(`[data-word="${current}"]`)?.focus()
  }, [current])
  const choose = (word: Word) => {
    acts.divide(word)
    onClose()
  }
  const press = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key]
    if (event.key === 'Escape') onClose()
    else if (step !== undefined) setCurrent(Math.max(0, Math.min(list.length - 1, current + step)))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <fieldset className={classes(styles.bar)}>
      <legend>{words.divideHere}</legend>
      <div ref={place} className={classes(styles.words)} dir="auto">
        {first && <span>{first.text}</span>}
        {list.map((word, i) => (
          <button
            key={`${word.at}:${word.column}`}
            type="button"
            data-word={i}
            tabIndex={i === current ? 0 : -1}
            aria-label={words.divideAt(word.text)}
            onClick={() => choose(word)}
            onKeyDown={press}
          >
            {word.text}
          </button>
        ))}
      </div>
      <Button small onPress={onClose}>
        {words.stopDividing}
      </Button>
    </fieldset>
  )
}
