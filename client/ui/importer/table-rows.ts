import type { SourceSpan } from '#shared/model/understanding.ts'
import type { ShownPiece } from './messages.ts'

/**
 * Puts the cells of each row of a table together as one piece: a row is shown, and made something else, as a whole. Cells without words
 * have no place of their own in the source.
 */
export function withTableRows(pieces: readonly ShownPiece[]): readonly ShownPiece[] {
  const rows: ShownPiece[] = []
  for (let i = 0; i < pieces.length;) {
    const end = endOfRow(pieces, i)
    const first = pieces[i]!
    rows.push(end > i ? rowOf(first, pieces.slice(i, end)) : first)
    i = Math.max(end, i + 1)
  }
  return rows
}

/** Returns the index behind the cells of one row that begin at `from`; `from` when there is none. */
function endOfRow(pieces: readonly ShownPiece[], from: number): number {
  let end = from
  const isNext = ({ kind, block }: ShownPiece): boolean =>
    kind === 'cell' && (end === from || block?.label?.number === end - from + 1)
  while (pieces[end] && isNext(pieces[end]!)) end++
  return end
}

function rowOf(first: ShownPiece, cells: readonly ShownPiece[]): ShownPiece {
  const lines = Map.groupBy(
    cells.flatMap(({ spans }) => spans),
    ({ at }) => at,
  )
  const spans = [...lines.entries()]
    .sort(([a], [b]) => a - b)
    .map(([at, parts]): SourceSpan => ({
      at,
      from: Math.min(...parts.map(({ from }) => from)),
      to: Math.max(...parts.map(({ to }) => to)),
    }))
  return {
    ...first,
    spans,
    text: cells.map(({ text }) => text).join(' | '),
    cells: cells.map(({ text }) => text),
    confidence: Math.min(...cells.map(({ confidence }) => confidence)),
    doubts: cells.flatMap(({ doubts }) => doubts),
    answered: cells.some(({ answered }) => answered),
    proponents: [...new Set(cells.flatMap(({ proponents }) => proponents))],
    status: null,
  }
}
