import type { ImportedBlock, NoteReference } from '../../model/import.ts'
import type { Line } from './line.ts'
import type { SourceMark } from './note-marks.ts'
import type { LineSpan, Segment } from './segment.ts'

/** How many units before and behind a place in a line are looked for in the text of its block. */
const BEFORE = 16
const BEHIND = 8

/** Takes the marks of footnotes out of the words of each block, and says where they stood. `segments`: those of the blocks. */
export function takeMarks(
  blocks: readonly ImportedBlock[],
  segments: readonly Segment[],
  marks: readonly SourceMark[],
): readonly ImportedBlock[] {
  if (marks.length === 0) return blocks
  const byLine = Map.groupBy(marks, ({ line }) => line)
  return blocks.map((block, i) => withoutMarks(block, segments[i]?.spans ?? [], byLine))
}

function withoutMarks(
  block: ImportedBlock,
  spans: readonly LineSpan[],
  byLine: ReadonlyMap<Line, readonly SourceMark[]>,
): ImportedBlock {
  let { text } = block
  let cursor = 0
  const notes: NoteReference[] = []
  for (const span of spans)
    for (const { index, printed, note } of byLine.get(span.line) ?? []) {
      const at =
        index < span.from || index >= span.to ? null : placeIn(text, cursor, span, { index, printed })
      if (at === null) continue
      text = text.slice(0, at) + text.slice(at + printed.length)
      notes.push({ at, note, printed })
      cursor = at
    }
  return notes.length === 0 ? block : { ...block, text, notes }
}

/**
 * Returns where something printed in a line stands in the text that was made of it, behind `cursor`; null when it is not in
 * there. What stands beside it tells it from what reads the same.
 */
function placeIn(
  text: string,
  cursor: number,
  { line, from, to }: LineSpan,
  { index, printed }: Pick<SourceMark, 'index' | 'printed'>,
): number | null {
  const before = line.text.slice(Math.max(from, index - BEFORE), index)
  const end = index + printed.length
  const behind = line.text.slice(end, Math.min(to, end + BEHIND))
  // Words before it may be the label, or belong to another block.
  for (let kept = 0; kept <= before.length; kept++) {
    const at = text.indexOf(before.slice(kept) + printed + behind, Math.max(0, cursor - before.length))
    if (at >= 0) return at + before.length - kept
  }
  return null
}
