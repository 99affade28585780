import type { FormatSpan, ImportedBlock, NoteReference } from '../../../model/import.ts'
import type { Line } from '../lines/line.ts'
import type { SourceMark } from '../lines/note-marks.ts'
import type { LineSpan, Segment } from './segment.ts'

/** How many units before and behind a place in a line are looked for in the text of its block. */
const BEFORE = 16
const BEHIND = 8

/** Something printed in a line: the mark of a note, or emphasised words. */
type Printed = { readonly index: number; readonly printed: string } & (
  { readonly note: number } | { readonly format: FormatSpan['format'] }
)

/**
 * Takes the marks of footnotes out of the words of each block, and says where they stood and which words are emphasised.
 * `segments`: those of the blocks; what an export says is kept. What cannot be found in a block again, because its words were joined otherwise, stays
 * as it is.
 */
export function carrySpans(
  blocks: readonly ImportedBlock[],
  segments: readonly Segment[],
  marks: readonly SourceMark[],
): readonly ImportedBlock[] {
  const byLine = Map.groupBy(marks, ({ line }) => line)
  return blocks.map((block, i) =>
    segments[i]?.exported ? block : withSpans(block, segments[i]?.spans ?? [], byLine),
  )
}

function withSpans(
  block: ImportedBlock,
  spans: readonly LineSpan[],
  byLine: ReadonlyMap<Line, readonly SourceMark[]>,
): ImportedBlock {
  let { text } = block
  let cursor = 0
  /** Behind the last mark, whose figure is not in the text any more. */
  let taken: { readonly line: Line; readonly end: number } | null = null
  const notes: NoteReference[] = []
  const formats: FormatSpan[] = []
  for (const span of spans)
    for (const one of printedIn(span, byLine.get(span.line) ?? [])) {
      const { index, printed } = one
      const { line, from, to } = span
      const end = index + printed.length
      const begins = taken?.line === line ? Math.max(from, taken.end) : from
      const before = line.text.slice(Math.max(begins, index - BEFORE), index)
      const behind = line.text.slice(end, Math.min(to, end + BEHIND))
      const follows = taken?.line === line && taken.end === index && printed === ''
      const at = follows ? cursor : findBeside(text, { before, printed, behind }, cursor)
      if (at === null) continue
      cursor = at
      if ('format' in one) formats.push({ from: at, to: at + printed.length, format: one.format })
      else {
        text = text.slice(0, at) + text.slice(at + printed.length)
        for (const [i, around] of formats.entries())
          if (around.to > at) formats[i] = { ...around, to: around.to - printed.length }
        notes.push({ at, note: one.note, printed })
        taken = { line, end }
      }
    }
  if (notes.length === 0 && formats.length === 0) return block
  // A heading looks as one; that its source sets it in bold or italics says the same.
  const kept = block.kind === 'heading' ? [] : formats
  return {
    ...block,
    text,
    ...(notes.length > 0 ? { notes } : {}),
    ...(kept.length > 0 ? { formats: kept } : {}),
  }
}

/** What a stretch of a line has, in order. */
function printedIn({ line, from, to }: LineSpan, marks: readonly SourceMark[]): Printed[] {
  const { formats = [] } = line
  if (marks.length === 0 && formats.length === 0) return []
  const emphasised = formats.map(({ from: index, to: end, format }): Printed => ({
    index,
    printed: line.text.slice(index, end),
    format,
  }))
  return [...emphasised, ...marks.map(({ index, printed, note }): Printed => ({ index, printed, note }))]
    .filter(({ index, printed }) =>
      printed === '' ? index > from && index <= to : index >= from && index < to,
    )
    .sort((a, b) => a.index - b.index)
}

/** Something with what stands on both sides of it. */
interface Beside {
  readonly before: string
  readonly printed: string
  readonly behind: string
}

/**
 * Returns where something stands in a text, from about `cursor` on; null when it is not in there. What stands beside it tells
 * it from what reads the same; words before it count as far as they are the same in the text. Where nothing is printed, only they tell.
 */
export function findBeside(text: string, { before, printed, behind }: Beside, cursor = 0): number | null {
  for (const after of behind === '' ? [''] : [behind, ''])
    for (let kept = 0; kept <= before.length - (printed === '' ? 1 : 0); kept++) {
      const at = text.indexOf(before.slice(kept) + printed + after, Math.max(0, cursor - before.length))
      if (at >= 0) return at + before.length - kept
    }
  return null
}
