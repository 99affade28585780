import type { Label } from '../../../model/label.ts'
import { formatStep } from '../../../model/label.ts'
import type { Segment } from '../segments/segment.ts'
import type { CorrectedPiece } from './correct.ts'

/**
 * Returns the segments of notes with their numbers: that of its mark where these rise, else the next one. Those of an export keep
 * theirs. A note without a number between two that follow each other takes a suffix, as in `1 bis`; before all of them stands 0.
 */
export function countNotes(notes: readonly CorrectedPiece[]): readonly Segment[] {
  const segments = notes.flatMap(({ segment }) => segment ?? [])
  const following = numbersBehind(segments)
  const taken = new Set(segments.flatMap(({ exported }) => exported?.block.label ?? []).map(formatStep))
  let last = { number: 0, suffix: -1 }
  return segments.map((segment, i) => {
    const label = segment.exported?.block.label
    if (label) last = label
    if (label || !segment.note) return segment
    const next = following[i]! > last.number ? following[i]! : Infinity
    const own = numberOf(segment)
    const number = own > last.number ? own : last.number + 1
    // One that is printed has its number before the one behind it has.
    last = own > last.number || number < next ? { number, suffix: 0 } : { ...last, suffix: last.suffix + 1 }
    while (taken.has(formatStep(labelOf(last)))) last = { ...last, suffix: last.suffix + 1 }
    return { ...segment, note: { ...segment.note, label: labelOf(last) } }
  })
}

const labelOf = ({ number, suffix }: Pick<Label, 'number' | 'suffix'>): Label => ({
  number,
  suffix,
  series: 'note',
})

/** The number of an exported note, or that a mark says; 0 when there is none. */
function numberOf({ exported, note }: Segment): number {
  if (exported) return exported.block.label?.number ?? 0
  return note && /^[0-9]+$/.test(note.mark) ? Number(note.mark) : 0
}

/** Returns for each note the number of the nearest one behind it that has one; infinity when none has. */
function numbersBehind(segments: readonly Segment[]): readonly number[] {
  const numbers: number[] = []
  let next = Infinity
  for (const segment of segments.toReversed()) {
    numbers.push(next)
    next = numberOf(segment) || next
  }
  return numbers.toReversed()
}
