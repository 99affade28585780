import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { useValue } from '../hooks/use-value.ts'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import type { Acts } from './acts.ts'
import { placeOf } from './corrections.ts'
import type { ShownPiece } from './messages.ts'
import { describe, PieceRow } from './piece-row.tsx'
import type { Source } from './session.ts'
import { RowWindow } from './row-window.ts'
import styles from './pieces.module.css'

const words = strings.import

interface Props {
  readonly pieces: readonly ShownPiece[]
  readonly source: Source
  readonly acts: Acts
  /** The element that scrolls and takes the keys. */
  readonly place: RefObject<HTMLDivElement | null>
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** How high a piece is before it is measured, in pixels. */
const ESTIMATE = 72

/** The pieces in the order of the source, each beside its lines. It is one tab stop; the piece in hand is its active descendant. */
export function PieceList({ pieces, source, acts, place, onKeyDown }: Props) {
  const { current } = acts
  const keys = useMemo(() => pieces.map(keyOf), [pieces])
  const [rows] = useState(() => new RowWindow(ESTIMATE))
  const { from, to, starts } = useValue(rows.view)
  useLayoutEffect(() => rows.setKeys(keys), [rows, keys])
  useEffect(() => {
    if (!place.current) return
    const end = rows.attach(place.current)
    place.current.focus()
    return end
  }, [rows, place])
  useEffect(() => rows.reveal(current), [rows, current])
  return (
    <div className={classes(styles.frame)}>
      <div className={classes(styles.titles)} aria-hidden="true">
        <span>{words.source}</span>
        <span>{words.draft}</span>
      </div>
      <div
        ref={place}
        className={classes(styles.list)}
        role="tree"
        tabIndex={0}
        aria-label={`${words.pieces}. ${words.keys}`}
        aria-activedescendant={`piece-${current}`}
        onKeyDown={onKeyDown}
        onClick={({ target }) => {
          const row = target instanceof Element ? target.closest('[data-index]') : null
          if (row instanceof HTMLElement) acts.go(Number(row.dataset.index))
          place.current?.focus({ preventScroll: true })
        }}
      >
        <div className={classes(styles.all)} style={{ blockSize: starts.at(-1) }}>
          {pieces.slice(from, to + 1).map((piece, i) => (
            <Row
              key={keyOf(piece)}
              rows={rows}
              piece={piece}
              source={source}
              index={from + i}
              start={starts[from + i] ?? 0}
              count={pieces.length}
              isCurrent={from + i === current}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

interface RowProps {
  readonly rows: RowWindow
  readonly piece: ShownPiece
  readonly source: Source
  readonly index: number
  readonly start: number
  readonly count: number
  readonly isCurrent: boolean
}

function Row({ rows, piece, source, index, start, count, isCurrent }: RowProps) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => (row.current ? rows.observe(row.current) : undefined), [rows])
  return (
    <div
      ref={row}
      id={`piece-${index}`}
      data-row={keyOf(piece)}
      data-index={index}
      role="treeitem"
      tabIndex={-1}
      aria-selected={isCurrent}
      aria-level={(piece.block?.level ?? 0) + 1}
      aria-setsize={count}
      aria-posinset={index + 1}
      aria-label={describe(piece)}
      className={classes(styles.row)}
      data-current={isCurrent || undefined}
      data-doubtful={piece.doubts.length > 0 || undefined}
      style={{ insetBlockStart: start }}
    >
      <PieceRow piece={piece} source={source} />
    </div>
  )
}

function keyOf(piece: ShownPiece): string {
  const { at, column } = placeOf(piece)
  return `${at}:${column}`
}
