import { useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Group } from 'react-aria-components'
import type { ProposalRow } from '#shared/document/composition/board.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { insertWords, spacedAs } from './bridging.ts'
import { closePanel, merge } from '../state/decide.ts'
import { useDesk } from '../state/desk.ts'
import type { Desk } from '../state/desk.ts'
import { modKey } from '../state/shortcuts.ts'
import { useValue } from '../hooks/use-value.ts'
import { stopAt } from '../state/walk.ts'
import { mergeable } from '../cards/nature.ts'
import { Wording } from '../cards/wording.tsx'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/form/field.tsx'
import { strings } from '../strings.ts'
import { Basis } from './basis.tsx'
import styles from './merge-dialog.module.css'
import { WordCheck } from './word-check.tsx'

const words = strings.proposals.merge

/** The dialog for merging several proposals into a bridging text, with their wordings to insert. */
export function MergeDialog() {
  const desk = useDesk()
  const board = useValue(desk.board)
  // Kept from when the dialog opened, because somebody else may take the current proposal off the table.
  const [start] = useState(() => stopAt(desk.board.get(), desk.current.get()))
  const rows = start
    ? mergeable(
        board.blocks.find(({ id }) => id === start.block.id)?.places.flatMap((place) => place.rows) ?? [],
        start.row,
      )
    : []
  const [chosen, setChosen] = useState<ReadonlySet<ProposalId>>(
    () => new Set(start ? mergeable(start.place.rows, start.row).map(({ id }) => id) : []),
  )
  const picked = rows.filter(({ id }) => chosen.has(id))
  const toggle = (id: ProposalId) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <Dialog title={words.title} onClose={() => close(desk)}>
      {rows.length < 2 ? (
        <p>{words.nothing}</p>
      ) : (
        <Bridging rows={rows} picked={picked} label={start?.block.label ?? ''} onToggle={toggle} />
      )}
    </Dialog>
  )
}

function close(desk: Desk): void {
  desk.panel.set(null)
  desk.wantFocus(desk.current.get())
}

interface BridgingProps {
  readonly rows: readonly ProposalRow[]
  readonly picked: readonly ProposalRow[]
  readonly label: string
  readonly onToggle: (id: ProposalId) => void
}

function Bridging({ rows, picked, label, onToggle }: BridgingProps) {
  const desk = useDesk()
  const { box, text, setText, insert } = useBridgingText()
  const mayConfirm = picked.length > 1 && (text.trim() !== '' || picked.some((row) => row.text === ''))
  const confirm = async () => {
    const bridging = spacedAs(
      text,
      picked.map((row) => row.text),
    )
    if (mayConfirm && (await merge(desk, picked, bridging))) closePanel(desk, 'merge')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const digit = event.altKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : undefined
    const row = digit === undefined ? undefined : rows[Number(digit) - 1]
    if (row) insert(row.text || row.struck)
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void confirm()
    else return
    event.preventDefault()
  }
  return (
    <Group ref={box} className={classes(styles.merge)} onKeyDown={onKeyDown} aria-label={words.title}>
      <fieldset className={classes(styles.rows)}>
        <legend>
          {words.choose}
          <small>{words.lead(label)}</small>
        </legend>
        {rows.map((row, i) => (
          <Candidate
            key={row.id}
            row={row}
            number={i + 1}
            picked={picked.includes(row)}
            onToggle={() => onToggle(row.id)}
            onInsert={() => insert(row.text || row.struck)}
          />
        ))}
        <p className={classes(styles.hint)}>{words.insertKeys}</p>
      </fieldset>
      <Field label={words.label} value={text} onChange={setText} lines={4} serif focused />
      <WordCheck sources={picked.map((row) => row.text)} text={text} />
      <p className={classes(styles.reads)} dir="auto">
        <span>{words.reads}: </span>[<Wording row={resultOf(picked, text)} inline /> – {FACILITATORS}]
      </p>
      <div className={classes(styles.foot)}>
        <Button
          look="primary"
          isDisabled={!mayConfirm}
          shortcut={`${modKey(navigator.userAgent)} ↵`}
          onPress={() => void confirm()}
        >
          {words.confirm}
        </Button>
        <Basis />
      </div>
      {picked.length < 2 && <p className={classes(styles.hint)}>{words.needTwo}</p>}
    </Group>
  )
}

/** The result as it will be shown: all words that any of the proposals deletes, and the bridging text. */
function resultOf(picked: readonly ProposalRow[], text: string) {
  const struck = [...new Set(picked.map((row) => row.struck))].filter((some) => some !== '')
  const all = struck.filter((some) => !struck.some((other) => other !== some && other.includes(some)))
  return { struck: all.join(' '), text: text.trim(), proponent: FACILITATORS }
}

/** The bridging text, and a function that inserts words at its caret. */
function useBridgingText() {
  const box = useRef<HTMLDivElement>(null)
  const [text, setText] = useState('')
  const caret = useRef<number | null>(null)
  const area = () => box.current?.querySelector('textarea') ?? null
  useLayoutEffect(() => {
    if (caret.current === null) return
    const field = box.current?.querySelector('textarea')
    field?.focus()
    field?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })
  const insert = (wording: string) => {
    const field = area()
    const done = insertWords(
      text,
      field?.selectionStart ?? text.length,
      field?.selectionEnd ?? text.length,
      wording,
    )
    caret.current = done.caret
    setText(done.text)
  }
  return { box, text, setText, insert }
}

interface CandidateProps {
  readonly row: ProposalRow
  readonly number: number
  readonly picked: boolean
  readonly onToggle: () => void
  readonly onInsert: () => void
}

function Candidate({ row, number, picked, onToggle, onInsert }: CandidateProps) {
  return (
    <div className={classes(styles.row)}>
      <label className={classes(styles.pick)}>
        <input type="checkbox" checked={picked} onChange={onToggle} />
        <Chip participant={row.proponent} />
      </label>
      <button
        type="button"
        className={classes(styles.wording)}
        aria-label={words.insert(row.text || row.struck)}
        onClick={onInsert}
      >
        <Wording row={row} />
        {number < 10 && <kbd aria-hidden="true">Alt {number}</kbd>}
      </button>
    </div>
  )
}
