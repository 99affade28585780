import { useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Group } from 'react-aria-components'
import type { ProposalRow } from '#shared/document/composition/board.ts'
import { decide } from '../../state/decide.ts'
import { useDesk } from '../../state/desk.ts'
import { joined, wordsOf } from '../part.ts'
import { classes } from '../../parts/classes.ts'
import { focusNow } from '../../hooks/focus-now.ts'
import { strings } from '../../strings.ts'
import styles from './part-form.module.css'
import { TaskForm } from './task-form.tsx'

const words = strings.proposals.part

interface Props {
  readonly row: ProposalRow
  readonly what: string
}

/** The form for accepting in part: chooses words of the wording, and whether the words it deletes are deleted. */
export function PartForm({ row, what }: Props) {
  const desk = useDesk()
  const wording = wordsOf(row.text)
  const [chosen, setChosen] = useState<ReadonlySet<number>>(() => new Set(wording.words.keys()))
  const [keepsStruck, setKeepsStruck] = useState(false)
  const text = joined(wording, chosen)
  const whole = chosen.size === wording.words.length && !keepsStruck
  const toggle = (i: number) => {
    const next = new Set(chosen)
    if (!next.delete(i)) next.add(i)
    setChosen(next)
  }
  return (
    <TaskForm
      row={row}
      label={words.title(what)}
      confirm={words.confirm}
      disabled={whole || (chosen.size === 0 && (row.struck === '' || keepsStruck))}
      onConfirm={() => void decide(desk, row.id, { kind: 'accept-in-part', text, strike: !keepsStruck })}
    >
      <p className={classes(styles.lead)}>
        {words.lead} <span className={classes(styles.keys)}>{words.keys}</span>
      </p>
      <Tokens tokens={wording.words.map((word) => word.text)} chosen={chosen} onToggle={toggle} />
      {row.struck && (
        <label className={classes(styles.keep)}>
          <input
            type="checkbox"
            checked={keepsStruck}
            onChange={(event) => setKeepsStruck(event.target.checked)}
          />
          <span>{words.keepStruck}</span>
        </label>
      )}
      <p className={classes(styles.result)} dir="auto" aria-live="polite">
        <span className={classes(styles.lead)}>{words.reads}: </span>
        {keepsStruck && row.struck} {text || (!keepsStruck && words.nothing)}
      </p>
    </TaskForm>
  )
}

interface TokensProps {
  readonly tokens: readonly string[]
  readonly chosen: ReadonlySet<number>
  readonly onToggle: (index: number) => void
}

/** The words as buttons, with one Tab stop for all and arrow keys to move between them. */
function Tokens({ tokens, chosen, onToggle }: TokensProps) {
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const go = (index: number) => {
    const to = Math.max(0, Math.min(tokens.length - 1, index))
    setAt(to)
    box.current?.querySelectorAll('button')[to]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
    const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight'
    if (event.key === forward || event.key === 'ArrowDown') go(at + 1)
    else if (event.key === back || event.key === 'ArrowUp') go(at - 1)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(tokens.length - 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <Group ref={box} className={classes(styles.tokens)} dir="auto" onKeyDown={onKeyDown}>
      {tokens.map((token, i) => (
        <button
          // The wording does not change while the form is open, so the index identifies a word.
          key={i}
          ref={i === 0 ? focusNow : null}
          type="button"
          aria-pressed={chosen.has(i)}
          tabIndex={i === at ? 0 : -1}
          className={classes(styles.token)}
          onFocus={() => setAt(i)}
          onClick={() => onToggle(i)}
        >
          {token}
        </button>
      ))}
    </Group>
  )
}
