import { ChevronDown, ChevronUp } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { toneOf } from '#client/tone.ts'
import type { ComparedParagraph } from '#shared/document/history/compared.ts'
import { IconButton, Key } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { useNow } from '../hooks/now.ts'
import { strings } from '../strings.ts'
import { changesOf, hasChanged, namesOf, placementOf, rowsOf, saidOf } from './changes.ts'
import type { Change, ComparedRow } from './changes.ts'
import { TextOf } from '../parts/text-of.tsx'
import styles from './compared.module.css'

const words = strings.revisions

/** Shows two texts as one, with insertions, deletions and their causes. The keys j and k move between changes. */
export function ComparedView({ paragraphs }: { readonly paragraphs: readonly ComparedParagraph[] }) {
  const [onlyChanged, setOnlyChanged] = useState(true)
  const [current, setCurrent] = useState<number | null>(null)
  const view = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => rowsOf(paragraphs, onlyChanged), [paragraphs, onlyChanged])
  const changes = useMemo(() => changesOf(rows), [rows])
  const go = (direction: 1 | -1) => {
    const next = current === null ? (direction === 1 ? 0 : changes.length - 1) : current + direction
    if (changes[next] === undefined) return
    const element = view.current?.querySelector<HTMLElement>(`[data-change="${next}"]`)
    element?.focus({ preventScroll: true })
    element?.scrollIntoView({ block: 'center' })
    setCurrent(next)
  }
  useChangeKeys(view, go)
  return (
    <div ref={view} className={classes(styles.view)}>
      <Bar
        at={current === null ? words.changes(changes.length) : words.at(current + 1, changes.length)}
        onGo={go}
        onlyChanged={onlyChanged}
        onOnlyChanged={(only) => {
          setOnlyChanged(only)
          setCurrent(null)
        }}
      />
      {paragraphs.some(hasChanged) ? (
        <div className={classes(styles.text)}>
          {rows.map((row) => (
            <Row key={row.paragraph.id} row={row} current={current} onCurrent={setCurrent} />
          ))}
        </div>
      ) : (
        <p className={classes(styles.none)}>{words.same}</p>
      )}
      <CausesOfChange change={current === null ? undefined : changes[current]} />
    </div>
  )
}

/** Handles the keys j and k, wherever the focus is in the dialog. */
function useChangeKeys(view: RefObject<HTMLElement | null>, go: (direction: 1 | -1) => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target, key, ctrlKey, metaKey, altKey } = event
      if (ctrlKey || metaKey || altKey || (key !== 'j' && key !== 'k')) return
      if (target instanceof HTMLElement && target.matches('select, input:not([type="checkbox"])')) return
      event.preventDefault()
      go(key === 'j' ? 1 : -1)
    }
    const dialog = view.current?.closest<HTMLElement>('[role="dialog"]')
    dialog?.addEventListener('keydown', listen)
    return () => dialog?.removeEventListener('keydown', listen)
  })
}

interface BarProps {
  /** "3 of 12": the current change among all. */
  readonly at: string
  readonly onGo: (direction: 1 | -1) => void
  readonly onlyChanged: boolean
  readonly onOnlyChanged: (only: boolean) => void
}

const Bar = ({ at, onGo, onlyChanged, onOnlyChanged }: BarProps) => (
  <div className={classes(styles.bar)}>
    <p aria-live="polite" className={classes(styles.at)}>
      {at}
    </p>
    <IconButton label={words.previous} shortcut="k" onPress={() => onGo(-1)}>
      <ChevronUp aria-hidden="true" />
    </IconButton>
    <IconButton label={words.next} shortcut="j" onPress={() => onGo(1)}>
      <ChevronDown aria-hidden="true" />
    </IconButton>
    <span className={classes(styles.keys)} aria-hidden="true">
      <Key>j</Key> <Key>k</Key>
    </span>
    <label className={classes(styles.only)}>
      <input
        type="checkbox"
        checked={onlyChanged}
        onChange={(event) => onOnlyChanged(event.target.checked)}
      />
      {words.onlyChanged}
    </label>
  </div>
)

interface RowProps {
  readonly row: ComparedRow
  readonly current: number | null
  readonly onCurrent: (index: number) => void
}

function Row({ row: { paragraph, pieces }, current, onCurrent }: RowProps) {
  const place = placementOf(paragraph)
  return (
    <div className={classes(styles.row)} data-kind={paragraph.kind}>
      <p className={classes(styles.number)}>
        {paragraph.now ?? paragraph.was ?? ''}
        {place && <span className={classes(styles.place)}>{place}</span>}
      </p>
      <TextOf
        of={paragraph.id}
        words={pieces.map(({ piece }) => piece.text).join('')}
        className={classes(styles.words)}
      >
        {pieces.map(({ piece, change }, i) =>
          change === null ? (
            // Pieces of a frozen comparison never move: their position is their identity.
            <span key={i}>{piece.text}</span>
          ) : (
            <Changed key={i} change={change} current={change.index === current} onCurrent={onCurrent} />
          ),
        )}
      </TextOf>
    </div>
  )
}

interface ChangedProps {
  readonly change: Change
  readonly current: boolean
  readonly onCurrent: (index: number) => void
}

/** The names behind changed words. Hovering or focusing them shows the causes at the foot of the dialog. */
function Changed({ change, current, onCurrent }: ChangedProps) {
  const { piece, index } = change
  const names = namesOf(piece)
  const first = piece.causes[0]
  const tone = first ? toneOf(first.by) : undefined
  const Tag = piece.kind === 'inserted' ? 'ins' : 'del'
  return (
    <span
      className={classes(styles.changed, current && styles.current)}
      data-tone={tone}
      onMouseEnter={() => onCurrent(index)}
    >
      <Tag>{piece.text}</Tag>
      <button
        type="button"
        data-change={index}
        className={classes(styles.who)}
        aria-label={`${piece.kind === 'inserted' ? words.inserted : words.removed}: ${piece.text}. ${names}`}
        onFocus={() => onCurrent(index)}
        onClick={() => onCurrent(index)}
      >
        {names}
      </button>
    </span>
  )
}

/** The causes of the current change, at the foot of the dialog where they cover no text. */
function CausesOfChange({ change }: { readonly change: Change | undefined }) {
  const now = useNow()
  return (
    <div className={classes(styles.why)} aria-live="polite">
      {change && (
        <>
          <p className={classes(styles.what)}>
            {change.piece.kind === 'inserted' ? words.inserted : words.removed}{' '}
            <TextOf element="q" words={change.piece.text.trim()} />
          </p>
          {change.piece.causes.length === 0 && <p>{words.unknown}</p>}
          {saidOf(change.piece, now).map((said) => (
            <p key={said}>{said}</p>
          ))}
        </>
      )}
    </div>
  )
}
